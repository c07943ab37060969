/** The code editor: CodeMirror for Python; loaded only where there is something to edit. */

import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import {
  bracketMatching,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";

interface Options {
  readonly source: string;
  readonly label: string;
  readonly describedBy: string;
  readonly onchange: (source: string) => void;
  /** Whether the Tab key leaves the editor just now. */
  readonly ontab: (leaves: boolean) => void;
}

export interface Editor {
  /** Put another text in; the editor's own undo brings the old one back. */
  replace(source: string): void;
  focus(): void;
  destroy(): void;
}

const LOOKS = EditorView.theme({
  "&": { height: "100%", color: "var(--text)", backgroundColor: "var(--surface)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.55", overflow: "auto" },
  ".cm-content": { caretColor: "var(--text)", padding: "0.6rem 0" },
  ".cm-gutters": {
    color: "var(--faint)",
    backgroundColor: "var(--surface)",
    border: "none",
    paddingLeft: "0.25rem",
  },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "var(--line)" },
  ".cm-cursor": { borderLeftColor: "var(--text)" },
  "& .cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground":
    { background: "var(--selection)" },
  "&.cm-focused .cm-matchingBracket": {
    backgroundColor: "transparent",
    outline: "1px solid var(--faint)",
  },
  ".cm-specialChar": { color: "var(--bad)" },
});

export function createEditor(parent: HTMLElement, options: Options): Editor {
  const view = new EditorView({
    parent,
    state: EditorState.create({ doc: options.source, extensions: extensions(options) }),
  });
  return {
    replace: (source) =>
      view.dispatch({
        changes: { from: 0, to: view.state.doc.length, insert: source },
        selection: { anchor: 0 },
        scrollIntoView: true,
      }),
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  };
}

function extensions(options: Options) {
  return [
    lineNumbers(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    highlightSpecialChars(),
    history(),
    drawSelection(),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    indentUnit.of("    "),
    EditorState.tabSize.of(4),
    python(),
    syntaxHighlighting(classHighlighter),
    tabLeavesAfterEscape(options.ontab),
    keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, indentWithTab]),
    LOOKS,
    EditorView.contentAttributes.of({
      "aria-label": options.label,
      "aria-describedby": options.describedBy,
      autocapitalize: "off",
      autocorrect: "off",
      spellcheck: "false",
    }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) options.onchange(update.state.doc.toString());
    }),
  ];
}

/** CodeMirror gives two seconds for it; whoever types slowly needs more. */
function tabLeavesAfterEscape(ontab: (leaves: boolean) => void) {
  return EditorView.domEventHandlers({
    keydown: (event, view) => {
      if (event.key === "Escape") {
        view.setTabFocusMode(true);
        ontab(true);
      } else if (!["Tab", "Shift", "Control", "Alt", "Meta"].includes(event.key)) {
        view.setTabFocusMode(false);
        ontab(false);
      }
      return false;
    },
    blur: (_event, view) => {
      view.setTabFocusMode(false);
      ontab(false);
    },
  });
}
