/// How a page looks: on a phone, on a desk, in the dark and on paper.
enum ReportStyle {
  static let sheet = """
    :root {
      color-scheme: light dark;
      --page: #ffffff; --text: #1f2328; --faint: #59636e; --line: #d1d9e0; --soft: #f6f8fa;
      --bad: #b3261e; --good: #1a7f37; --notable: #8a5a00; --open: #6639ba;
      --before: #ffebe9; --before-mark: #ffc1bc; --after: #dafbe1; --after-mark: #9be9ac;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --page: #0d1117; --text: #e6edf3; --faint: #9aa4af; --line: #3d444d; --soft: #161b22;
        --bad: #ff8a80; --good: #56d364; --notable: #e3b341; --open: #c297ff;
        --before: #3a1518; --before-mark: #7d2126; --after: #0f2f1a; --after-mark: #1e6b33;
      }
    }
    * { box-sizing: border-box; }
    body {
      margin: 0; background: var(--page); color: var(--text);
      font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
    }
    main { max-width: 60rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
    h1 { font-size: 1.5rem; line-height: 1.3; margin: .5rem 0 1rem; }
    h1 code { background: none; padding: 0; font-size: .9em; }
    h2 { font-size: 1.2rem; margin: 2rem 0 .75rem; }
    h3 { font-size: 1rem; margin: 0; }
    p, ul { margin: .5rem 0; }
    ul { padding-left: 1.25rem; }
    code, .difference {
      font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
      font-size: .85em;
    }
    code { background: var(--soft); border-radius: .25rem; padding: .1em .3em; }
    table {
      border-collapse: collapse; width: 100%; max-width: 34rem; font-size: .95rem;
      overflow-wrap: normal;
    }
    th, td {
      text-align: right; padding: .3rem .4rem; border-bottom: 1px solid var(--line);
      font-variant-numeric: tabular-nums;
    }
    thead th { color: var(--faint); font-weight: normal; font-size: .85rem; }
    th:first-child { text-align: left; }
    .none { color: var(--faint); opacity: .6; }
    .verdict, tbody th { font-weight: 600; }
    .broken .verdict, .verdict.broken, tr.broken th { color: var(--bad); }
    .fixed .verdict, .verdict.fixed, tr.fixed th { color: var(--good); }
    .changed .verdict, .verdict.changed, tr.changed th { color: var(--notable); }
    .undecidable .verdict, .verdict.undecidable, tr.undecidable th { color: var(--open); }
    .proof { color: var(--faint); }
    .proof.assumed, .proof.partial { font-style: italic; }
    .group {
      border: 1px solid var(--line); border-left-width: .3rem; border-radius: .4rem;
      padding: .75rem; margin: 0 0 1rem;
    }
    .group.broken { border-left-color: var(--bad); }
    .group.fixed { border-left-color: var(--good); }
    .group.changed { border-left-color: var(--notable); }
    .group.undecidable { border-left-color: var(--open); }
    details { border-top: 1px solid var(--line); margin-top: .6rem; padding-top: .6rem; }
    summary { cursor: pointer; }
    .rest { color: var(--faint); margin: .6rem 0 0; }
    .difference { border-radius: .3rem; overflow: hidden; margin: .4rem 0 .8rem; }
    .difference > * {
      display: block; padding: .15rem .5rem .15rem 1.6rem; text-decoration: none;
      white-space: pre-wrap;
    }
    .difference > *::before { float: left; margin-left: -1.1rem; }
    del { background: var(--before); }
    del::before { content: "-"; }
    ins { background: var(--after); }
    ins::before { content: "+"; }
    .difference mark { background: var(--after-mark); color: inherit; border-radius: .15rem; }
    .difference del mark { background: var(--before-mark); }
    .difference i { color: var(--faint); }
    @media (max-width: 28rem) {
      main { padding: .75rem; }
      table { font-size: .85rem; }
      thead th { font-size: .75rem; }
      th, td { padding: .25rem .2rem; }
      .group { padding: .6rem; }
    }
    @media print {
      :root {
        --page: #fff; --text: #000; --faint: #444; --line: #bbb; --soft: #f3f3f3;
        --bad: #b3261e; --good: #1a7f37; --notable: #8a5a00; --open: #6639ba;
        --before: #ffebe9; --before-mark: #ffc1bc; --after: #dafbe1; --after-mark: #9be9ac;
      }
      body { font-size: 10.5pt; }
      main { max-width: none; padding: 0; }
      h2, h3, summary, details p { break-after: avoid; }
      tr, .difference > * { break-inside: avoid; }
      details::details-content { content-visibility: visible; block-size: auto; }
      .difference, .difference mark { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
    }
    """
}
