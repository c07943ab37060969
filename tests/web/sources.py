"""Solutions of score-pair-sum that the tests of the page hand in."""

from pathlib import Path

_LABELLED = Path(__file__).parents[2] / "problems" / "score-pair-sum" / "submissions"
RIGHT = (_LABELLED / "accepted" / "one_pass.py").read_text()
WRONG = (_LABELLED / "wrong_answer" / "pairs_with_itself.py").read_text()
# Every test loads the source anew, so this makes judging take a while.
SLOW = f"import time\n\ntime.sleep(0.1)\n\n\n{RIGHT}"
SLEEPING = "import time\n\n\ndef pair_indices(scores, target):\n    time.sleep(60)\n"
HOSTILE = """\
def pair_indices(scores, target):
    print("<script>document.title = 'taken'</script><img src=x onerror=alert(1)>")
    print("\\x1b[31mred\\x1b[0m \\u202edesrever\\u202c")
    raise ValueError("<b>bold</b>\\u2066")
"""
