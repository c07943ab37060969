"""From a submission to a judgement: the flow, the verdict table, the points, the words."""
