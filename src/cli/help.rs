//! Help in two languages: a pair for every command and argument, and what clap says by itself.

use clap::{Arg, ArgAction, Command, CommandFactory};

use super::args::Args;
use crate::words::Lang;

/// The key of a command is its name, that of an argument `command.argument`, or `.argument` when several commands
/// share it; then Chinese and English.
const TEXTS: &[(&str, &str, &str)] = &[
    (
        "junheng",
        "均衡——义务教育均衡发展规划：把资金、教师和设备分到各校，使与标准的总差距最小，并给出证明",
        "Junheng plans fair schooling: who gets what, when and from which fund, so that the total gap is smallest, proven",
    ),
    (
        "new",
        "由一张学校表起草案例",
        "Draft a case from a sheet of schools",
    ),
    (
        "new.sheet",
        "学校表（CSV、CSV.gz、XLSX、XLS 或 ODS）",
        "The sheet of schools (CSV, CSV.gz, XLSX, XLS or ODS)",
    ),
    (
        "new.out",
        "新案例的文件夹（默认：与表同名）",
        "The folder of the new case [default: named like the sheet]",
    ),
    (
        "template",
        "写出空白的案例工作簿（Excel），含下拉列表、批注和一个小示例",
        "Write an empty workbook for a whole case, with drop-downs, notes and a small example",
    ),
    (
        "template.out",
        "写到哪个文件（默认：案例模板.xlsx）",
        "The file to write [default: case-template.xlsx]",
    ),
    (
        "check.mark",
        "另写一份表格副本，标出有问题的格子并加批注",
        "Also write a copy of the tables with the faulty cells coloured and commented",
    ),
    (
        "check",
        "检查案例，一次列出全部问题",
        "Check a case and list every fault at once",
    ),
    (
        "list",
        "列出案例的情景及其改动",
        "List the scenarios of a case and what each changes",
    ),
    (
        "diagnose",
        "诊断现状：达标程度、缺口、差异系数、成本效益",
        "Show levels, shortfalls, differences between schools and the merit order",
    ),
    (
        "diagnose.year",
        "诊断哪一年（默认：规划第一年）",
        "Which plan year [default: the first]",
    ),
    (
        "divert",
        "建议分流和撤并：学位不足的学校、要撤并的校点，学生到多远以内的哪所邻校，省多少、增多少，写成情景供取舍",
        "Propose diversions and mergers: to which neighbour within a distance pupils without a place, or of a site to be merged, would go, what it saves and costs; written as a scenario to accept or not",
    ),
    (
        "divert.within",
        "最远多少公里（道路，没有道路表时为直线；默认：5）",
        "How many km at most, by the roads given or as the crow flies [default: 5]",
    ),
    (
        "divert.since",
        "从哪一年起（默认：规划第一年）",
        "From which plan year on [default: the first]",
    ),
    (
        "divert.merge",
        "要撤并的学校（代码或名称），可多次给出",
        "A school that is to be merged (code or name), repeatable",
    ),
    (
        "divert.merge_below",
        "学生数一直少于这么多的学校都要撤并；附近没有学位的保留",
        "Merge every school that has fewer pupils than this in each year; those with no places near stay",
    ),
    (
        "divert.board_beyond",
        "超过多少公里的在转入学校寄宿（默认：都不寄宿）",
        "Those who go farther than this many km board there [default: nobody]",
    ),
    (
        "divert.brings",
        "撤并时一并转入的资源（代码或名称），可多次给出，none 为都不转（默认：教职工和可以调剂的）",
        "A resource whose stock goes along from a merged site (code or name), repeatable, or none [default: people and what can be moved]",
    ),
    (
        "divert.across",
        "也可转到其他县区的学校（须与其商定；默认只在本县区内）",
        "Also to schools of other counties, which have to agree to it [default: within the county]",
    ),
    (
        "draft",
        "把方案写成公文、简报或英文备忘录（Word 文件）",
        "Write the plan up as a Chinese official document or brief, or an English memo (Word)",
    ),
    (
        "draft.form",
        "文稿的形式：zh-official 公文（GB/T 9704）、zh-brief 简报、en-memo 英文备忘录（默认：按案例的语言）",
        "zh-official (GB/T 9704), zh-brief or en-memo [default: by the language of the case]",
    ),
    (
        "draft.out",
        "写到哪个文件（.docx、.html 或 .md）；不写则显示在屏幕上",
        "The file to write, .docx, .html or .md; without it the draft is shown",
    ),
    (
        "draft.template",
        "用自己的模板：Word 文件（版头、样式、页眉、文字都照旧，双花括号处填写）或文本（.md）；先用 --print-template 取一份来改",
        "A template of your own: a Word file (letterhead, styles, header and words stay, places in double braces are filled) or a text (.md); start from --print-template",
    ),
    (
        "draft.print_template",
        "输出一种形式的模板，供修改：显示为文本，或用 --out 写成 .docx、.md",
        "Show a form as a template to edit, or write it with --out as .docx or .md",
    ),
    (
        "draft.keep",
        "保留这张方案表中的行（有锁定标记时只保留有标记的），其余重新安排",
        "Keep the rows of this plan table (only the marked ones if any lock is marked) and plan around them",
    ),
    (
        "draft.plan",
        "不求解，写出这个文件夹里的方案（solve --out 的结果，plan.csv 可以改过）",
        "Do not solve: write up the plan of this folder (a result of solve --out; plan.csv may have been edited)",
    ),
    (
        "draft.compare",
        "与这些情景比较，写进文稿（可重复）；各情景另行求解",
        "Scenarios to write beside the one that is written up (may be repeated); each is solved",
    ),
    (
        "draft.frontier",
        "另画资金与最小缺口曲线（现有资金的 0–150%）；需要多解一段时间",
        "Also draw the smallest gap as money grows, 0 to 150% of that stated; takes longer",
    ),
    (
        "draft.stale",
        "案例在求解以后有改动也照写，并在文首和每页标明已过期",
        "Write it up even if the case has changed since, marked as stale at the beginning and on every page",
    ),
    (
        "solve",
        "求最优方案，并给出证明",
        "Find the best plan and prove it",
    ),
    (
        "solve.keep",
        "保留这张方案表中的行（有锁定标记时只保留有标记的），其余重新安排",
        "Keep the rows of this plan table (only the marked ones if any lock is marked) and plan around them",
    ),
    (
        "solve.prices",
        "工作簿里写明每项限额的价格在多大范围内成立、每项规定的代价（同 junheng prices）；需要多解一段时间",
        "Also write how far the price of each limit holds and what each rule costs into the workbook (as junheng prices finds them); takes longer",
    ),
    (
        "solve.frontier",
        "工作簿里另写资金与最小缺口曲线（现有资金的 0–150%）和图；需要多解一段时间",
        "Also write the smallest gap as money grows, 0 to 150% of that stated, into the workbook, with a chart; takes longer",
    ),
    (
        "solve.stay_near",
        "与这张原方案表衔接：原方案的资金至多调出 --moving 那么多，其余留在原来的学校、措施和年份；变动逐处列出",
        "Stay near this earlier plan: at most --moving of its money is taken from where it was; the changes are listed",
    ),
    (
        "solve.moving",
        "原方案的资金至多调出多少（默认：20%）",
        "How much of the earlier plan's money may be taken from its school, measure and year [default: 20%]",
    ),
    (
        "repair.stay_near",
        "与这张原方案表衔接",
        "The earlier plan that is to be stayed near",
    ),
    (
        "repair.moving",
        "原方案的资金至多调出多少（默认：20%）",
        "How much of the earlier plan's money may be taken from its school, measure and year [default: 20%]",
    ),
    (
        "audit.stay_near",
        "另核对与这张原方案表是否衔接",
        "Also check that the plan stays near this earlier one",
    ),
    (
        "audit.moving",
        "原方案的资金至多调出多少（默认：20%）",
        "How much of the earlier plan's money may be taken from its school, measure and year [default: 20%]",
    ),
    (
        "solve.take_up",
        "另算一笔账：交流轮岗只落实这么多（如 80%），路远的先落空，缺口和仍缺多少；方案本身不变",
        "Also reckon with only this part of the moves (such as 80%), the farthest falling away: the gap and what stays short; the plan stays as it is",
    ),
    (
        "solve.first",
        "先做到什么：gap 总缺口最小，leximin 先逐级提高最低的学校；不写时按案例",
        "What comes first: gap for the smallest total gap, leximin for the lowest school, then the next; as the case says when absent",
    ),
    (
        "solve.cv_at_most",
        "最后一个规划年各项指标的差异系数（每县、小学、初中分别计算）不超过这个数，如 0.45；不得“削峰填谷”",
        "No coefficient of variation of an indicator above this in the last plan year, county by county, primary and junior apart, such as 0.45; nobody is lowered for it",
    ),
    (
        "solve.whole_gap",
        "整数方案与已证明的下界相差多少以内就不再寻找更好的（如 1%，默认 0.1%）：要求低，求解快",
        "Look for no better plan in whole units than one this near to what is proven for them (such as 1%; 0.1% when absent): the less is asked, the faster",
    ),
    (
        "compare",
        "并行求解多个情景并比较",
        "Solve several scenarios in parallel and compare them",
    ),
    (
        "frontier",
        "资金与最小缺口的曲线：每个转折点，再有钱先办什么，钱少了先减什么",
        "The smallest gap as money grows: every breakpoint, what is funded next and what is cut first",
    ),
    (
        "frontier.over",
        "哪一项资金同比例增减（代码或名称）；all 为全部资金",
        "Which fund is scaled (id or name); all of them together",
    ),
    (
        "frontier.from",
        "从现有资金的百分之几起",
        "From which share of the money stated",
    ),
    (
        "frontier.to",
        "到现有资金的百分之几止",
        "To which share of the money stated",
    ),
    (
        "price-of-equity",
        "公平的代价：差异系数上限逐步收紧（或最低学校逐步提高）时的最小缺口",
        "The price of equity: the smallest gap as the limit on coefficients of variation tightens (or the floor rises)",
    ),
    (
        "price-of-equity.along",
        "沿什么变化：cv 为各指标差异系数的上限，floor 为每所学校每项至少达到标准的比例",
        "Along what: cv for a limit on every coefficient of variation, floor for the least part of its standard that any school has",
    ),
    (
        "price-of-equity.at",
        "只算这些点，如 0.5,0.45（或 60%,70%）",
        "These points only, such as 0.5,0.45 (or 60%,70%)",
    ),
    (
        "price-of-equity.steps",
        "没有 --at 时算几个点",
        "How many points without --at",
    ),
    (
        "prices",
        "每项限额值多少、价格在什么范围内有效，每项规定的代价",
        "What each limit is worth and how far that holds, and what each rule costs",
    ),
    (
        "regret",
        "先定前几年、再知来哪种情景：每个方案在每个情景里的后悔值，最坏后悔最小的方案",
        "Decide the first years before the future is known: the regret of each plan in each scenario, and the plan whose worst is least",
    ),
    (
        "regret.scenarios",
        "可能到来的情景，可多次给出，A+B 表示叠加；基准总在其中（默认：缺口算法与基准相同的全部）",
        "A scenario that may come, repeatable, A+B applies both; the case itself is always one [default: all that count gaps alike]",
    ),
    (
        "regret.years",
        "先定几年（默认：1）；all 为整个规划期",
        "How many years are decided first, or all [default: 1]",
    ),
    (
        "report",
        "写成一个 HTML 文件：图、可查找的学校表、每所学校一页及其理由、情景切换；不联网，可打印",
        "Write one HTML file: charts, a searchable table of schools, a page for each school with its reasons, a scenario switch; works offline, prints",
    ),
    (
        "report.scenarios",
        "报告里的情景，可多次给出，A+B 表示叠加，base 表示不改动；先显示第一个（默认：案例原样）",
        "A scenario of the report, repeatable, A+B applies both, base is no change; the first is shown first [default: the case as it stands]",
    ),
    (
        "report.frontier",
        "另画第一个情景的资金与最小缺口曲线（现有资金的 0–150%）；需要多解一段时间",
        "Also draw the smallest gap as money grows, 0 to 150% of that stated, for the first scenario; takes longer",
    ),
    (
        "report.out",
        "写到哪个文件（.html）",
        "The file to write (.html)",
    ),
    (
        "report.charts",
        "把各图另存到这个文件夹，每张一个 SVG 和一个 PNG；不依赖本机字体；可以不要 --out",
        "Write every chart into this folder, as SVG and as PNG; no fonts are needed; --out may be left out then",
    ),
    (
        "compare.scenarios",
        "要比较的情景，可多次给出；A+B 表示叠加，A,B+C,D 表示两两组合，base 表示不改动（默认：全部）",
        "A scenario to compare, repeatable; A+B applies both, A,B+C,D is every combination, base no change [default: all]",
    ),
    (
        "compare.base",
        "与哪个情景相比（默认：案例原样）",
        "The scenario to compare with [default: the case as it stands]",
    ),
    (
        "compare.each",
        "每个情景最多用多久；超时的如实记下，其余照做",
        "The longest time for a scenario; one that takes longer is told as such, the others go on",
    ),
    (
        "against",
        "与自己的方案或按比例分配对照：最优方案省多少钱、谁得谁失，并给出一条可以公布的简单规则",
        "Compare the best plan with your own or a pro-rata one: what it saves, who gains and loses; and a simple rule to publish",
    ),
    (
        "against.plan",
        "自己的方案表（同 solve 写出的 plan.csv），或者 pro-rata：各校各项缺口按同一比例分配",
        "Your own plan table (like the plan.csv of solve), or pro-rata: every shortfall gets the same part of what it lacks",
    ),
    (
        "compliance",
        "考核对照：规划前后的差异系数、达标学校、班额和学校规模，逐校、逐县区",
        "The inspectors' arithmetic before and after the plan: coefficients of variation, schools that pass, sizes of classes and schools",
    ),
    (
        "compliance.plan",
        "方案表（默认：最优方案）",
        "A plan table [default: the best plan]",
    ),
    (
        "alternatives",
        "近优备选方案：缺口几乎一样小，但钱投向不同——学校更少、轮岗更少、各年更均匀、花钱更少",
        "Plans nearly as good that place much of the money elsewhere: fewer schools, fewer moves, smoother years, less money",
    ),
    (
        "alternatives.within",
        "缺口最多大多少（默认：1%）",
        "How much larger the gap may be [default: 1%]",
    ),
    (
        "alternatives.moving",
        "至少多少资金改投别处（学校、措施、年份之一不同即为别处；默认：20%）",
        "How much of the money goes elsewhere at least: to another school, measure or year [default: 20%]",
    ),
    (
        "alternatives.wishes",
        "只要哪几种，可多次给出：fewest-schools（学校最少）、fewest-moves（轮岗最少）、smoothest-years（各年最均匀）、least-money（花钱最少）、most-different（差别最大）（默认：全部）",
        "Which of them, repeatable: fewest-schools, fewest-moves, smoothest-years, least-money, most-different [default: all]",
    ),
    (
        "repair",
        "案例不可行时：哪些规定不能同时成立，改哪一条、至少改多少就有方案，每种办法都已重新求解验证",
        "What to change when a case is impossible: which rules cannot hold together, and the least by which each must give way, each repair verified by solving again",
    ),
    (
        "repair.keep",
        "同 solve --keep：这些行也要照办，必要时指出放开哪几行",
        "As for solve --keep: these rows are rules too, and repairs say which to unlock",
    ),
    (
        "why",
        "说明每所学校每项需求为什么得到或得不到，怎样才会改变",
        "Say why each school gets what it gets, and what would change it",
    ),
    (
        "why.school",
        "学校代码、校名或校名的一部分（默认：全部学校）",
        "A school by code, name or part of its name [default: all]",
    ),
    (
        "why.resource",
        "资源代码、名称或名称的一部分（默认：全部）",
        "A resource by code, name or part of its name [default: all]",
    ),
    (
        "verify-first",
        "花钱之前先核实哪些数：缺失、可疑、写明范围的数，按会改变去向的资金排序",
        "Say which doubtful numbers to check before money is sent, ranked by the money they would move",
    ),
    (
        "verify-first.top",
        "对前几个重新求解（默认：20）；其余只作估计",
        "Solve again for so many of the foremost, estimate the others [default: 20]",
    ),
    (
        "diff",
        "两个情景的缺口为什么不同：把差别分摊到各项改动",
        "Say which changes make the difference between two scenarios, and how much each",
    ),
    (
        "diff.from",
        "一个情景，或 A+B；base 为案例原样。只给一个时，与 base 相比",
        "A scenario, or A+B; base is the case as it stands. With one alone: from base to it",
    ),
    ("diff.to", "另一个情景", "The other scenario"),
    (
        "sweep",
        "多点试算：资金、在校生、单价等成百上千种取值下，缺口最小能到多少",
        "Solve hundreds of points: the smallest gap over ranges of money, enrolment, prices",
    ),
    (
        "sweep.vary",
        "变什么、取哪些值，可多次给出：funds[:资金]、enrolment[:学段]、cost[:措施]、weight:资源、terminal、scenario = 起:止:步长 | 值,值 | ~低..高 | ~低..最可能..高",
        "What to vary and how, repeatable: funds[:FUND], enrolment[:SECTION], cost[:MEASURE], weight:RESOURCE, terminal, scenario = START:END:STEP | A,B | ~LOW..HIGH | ~LOW..LIKELIEST..HIGH",
    ),
    (
        "sweep.draws",
        "随机取值（~）抽多少次（默认：100）",
        "How many draws from ranges (~) [default: 100]",
    ),
    (
        "sweep.seed",
        "抽取的种子：同一种子，同样的数（默认：1）",
        "What the draws follow from: the same seed, the same numbers [default: 1]",
    ),
    (
        "sweep.each",
        "每个点最多用多久；超时的点如实记下，其余照做",
        "The longest time for a point; one that takes longer is told as such, the others go on",
    ),
    (
        "sweep.parquet",
        "另写 sweep.parquet，与 sweep.csv 同样的行和列，列有类型（需用 --features parquet 编译）",
        "Write sweep.parquet too: the rows and columns of sweep.csv, typed (of a build with --features parquet)",
    ),
    (
        "track",
        "督导验收：计划与落实逐校逐项对照，列出逾期，并从实际情况出发重新安排以后各年；不给进度表则写出空白表",
        "Follow a plan up: planned against done, what is late, acceptance, and the years left planned anew; without ACTUAL.csv, write the table to fill in",
    ),
    (
        "track.plan",
        "原方案表（plan.csv）",
        "The plan that is followed up (plan.csv)",
    ),
    (
        "track.actual",
        "填好的进度表（CSV、XLSX、XLS 或 ODS）",
        "The follow-up table, filled in (CSV, XLSX, XLS or ODS)",
    ),
    (
        "track.as_of",
        "截至哪一年底，这一年及以前算已结束（默认：填报了内容的最后一年）",
        "Up to the end of which year; it and those before are closed [default: the last year with anything entered]",
    ),
    (
        "audit",
        "按原始单位逐条核对方案，不用求解器",
        "Check a plan against every rule in the planner's own units, without a solver",
    ),
    (
        "audit.plan",
        "方案表（plan.csv）",
        "The plan table (plan.csv)",
    ),
    (
        "explain",
        "说明一个问题代码，或一种措施、规则；都不给则列出全部",
        "Explain the code of a finding, or a lever or rule; list all without one",
    ),
    (
        "explain.code",
        "问题代码或措施、规则的词，如 E101、share-post、走教",
        "A code such as E101, or the word of a lever or rule such as share-post",
    ),
    (
        "schema",
        "输出 case.toml 的 JSON Schema，供编辑器补全",
        "Print the JSON Schema of case.toml, for editors",
    ),
    (
        ".case",
        "案例：含 case.toml 的文件夹，或一个工作簿（XLSX、XLS、ODS）",
        "The case: a folder with case.toml, or one workbook (XLSX, XLS, ODS)",
    ),
    (
        ".scenarios",
        "应用的情景，可多次给出，依次叠加",
        "A scenario to apply, repeatable, applied in order",
    ),
    (
        ".out",
        "把结果文件写入该文件夹",
        "Write the result files into this folder",
    ),
    (
        "solve.out",
        "把结果文件写入该文件夹；以 .xlsx 结尾时写成一个工作簿",
        "Write the result files into this folder, or as one workbook when it ends in .xlsx",
    ),
    (
        "compare.out",
        "把结果文件写入该文件夹；以 .xlsx 结尾时写成一个工作簿",
        "Write the result files into this folder, or as one workbook when it ends in .xlsx",
    ),
    (
        ".replace",
        "写出以后又经人工修改的方案表、工作簿或文稿也一并覆盖",
        "Also replace a plan table, workbook or draft that was edited since it was written",
    ),
    (
        ".solver",
        "求解器：auto、clarabel、microlp、interior（编译时启用的还有 highs）",
        "Solver: auto, clarabel, microlp, interior (highs where built in)",
    ),
    (
        ".lang",
        "语言：zh 或 en（默认：随系统）",
        "Language: zh or en [default: the system's]",
    ),
    (
        ".json",
        "在标准输出写 JSON",
        "Write JSON to standard output",
    ),
    (".quiet", "不显示提示和进度", "No hints and no progress"),
    (
        ".color",
        "颜色：auto、always 或 never",
        "Colours: auto, always or never",
    ),
    (
        ".threads",
        "最多用几个线程（默认：全部）",
        "How many threads at most [default: all]",
    ),
    (
        ".memory_limit",
        "最多用多少内存，如 500MB、2GiB；装不下时不开始，快用完时停止求解，绝不超过",
        "Never use more memory than this, such as 500MB or 2GiB: refuse what cannot fit, stop searching when nearly full",
    ),
    (
        ".time_limit",
        "求解到此为止（从启动算起，如 30s、2min、1h），写出当时最好的方案及其与下界的距离",
        "Stop searching after this time from the start (30s, 2min, 1h) and write the best plan so far and how far it is proven",
    ),
    (".help", "显示帮助", "Show this help"),
    (".version", "显示版本", "Show the version"),
];

fn text(key: &str, lang: Lang) -> Option<&'static str> {
    TEXTS
        .iter()
        .find(|(name, ..)| *name == key)
        .map(|&(_, zh, en)| lang.pick(zh, en))
}

fn text_of_argument(command: &str, argument: &str, lang: Lang) -> Option<&'static str> {
    text(&format!("{command}.{argument}"), lang).or_else(|| text(&format!(".{argument}"), lang))
}

/// The command line with its help in a language.
pub fn command(lang: Lang) -> Command {
    localised(Args::command(), lang, true)
}

fn localised(command: Command, lang: Lang, top: bool) -> Command {
    let name = command.get_name().to_string();
    let mut command = command
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .help_template(template(lang))
        .subcommand_help_heading(lang.pick("命令", "Commands"))
        .about(text(&name, lang))
        .long_about(None::<&str>)
        .arg(
            Arg::new("help")
                .long("help")
                .short('h')
                .action(ArgAction::Help),
        );
    if top {
        command = command.arg(
            Arg::new("version")
                .long("version")
                .short('V')
                .action(ArgAction::Version),
        );
    }
    if lang == Lang::Zh {
        let usage = usage_in_chinese(&command, top);
        command = command.override_usage(usage);
    }
    command
        .mut_args(|argument| {
            let heading = match argument.is_positional() {
                true => lang.pick("参数", "Arguments"),
                false => lang.pick("选项", "Options"),
            };
            let help = text_of_argument(&name, argument.get_id().as_str(), lang);
            let takes_values = argument.get_action().takes_values();
            let last = argument.is_global_set()
                || ["help", "version"].contains(&argument.get_id().as_str());
            let argument = if last {
                argument.display_order(100)
            } else {
                argument
            };
            let argument = argument
                .help(help)
                .long_help(None::<&str>)
                .help_heading(heading);
            match takes_values {
                true => argument.hide_possible_values(true).hide_default_value(true),
                false => argument,
            }
        })
        .mut_subcommands(|one| localised(one, lang, false))
}

/// clap writes `[OPTIONS]` and `<COMMAND>` in English only.
fn usage_in_chinese(command: &Command, top: bool) -> String {
    if top {
        return "junheng [选项] <命令>".to_string();
    }
    let mut usage = format!("junheng {} [选项]", command.get_name());
    for argument in command.get_positionals() {
        let name = argument
            .get_value_names()
            .and_then(|names| names.first())
            .map_or("", |name| name.as_str());
        usage += &if argument.is_required_set() {
            format!(" <{name}>")
        } else {
            format!(" [{name}]")
        };
    }
    usage
}

fn template(lang: Lang) -> &'static str {
    lang.pick(
        "{about-with-newline}\n用法：{usage}\n\n{all-args}",
        "{about-with-newline}\nUsage: {usage}\n\n{all-args}",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(command: &Command, found: &mut Vec<(String, Option<String>)>) {
        let name = command.get_name().to_string();
        found.push((name.clone(), text(&name, Lang::Zh).map(|_| name.clone())));
        for argument in command.get_arguments() {
            let id = argument.get_id().as_str();
            let own = [format!("{name}.{id}"), format!(".{id}")];
            let key = own
                .iter()
                .find(|key| text(key, Lang::Zh).is_some())
                .cloned();
            found.push((format!("{name}.{id}"), key));
        }
        command.get_subcommands().for_each(|one| keys(one, found));
    }

    #[test]
    fn every_command_and_argument_has_its_help_and_no_help_is_left_over() {
        let mut built = command(Lang::En);
        built.build();
        let mut found = Vec::new();
        keys(&built, &mut found);
        let missing: Vec<&String> = found
            .iter()
            .filter(|(_, key)| key.is_none())
            .map(|(name, _)| name)
            .collect();
        assert!(missing.is_empty(), "no help for {missing:?}");
        for (key, zh, en) in TEXTS {
            assert!(
                found.iter().any(|(_, used)| used.as_deref() == Some(key)),
                "{key} helps nothing"
            );
            assert!(!zh.is_empty() && !en.is_empty() && en.is_ascii(), "{key}");
        }
    }

    #[test]
    fn help_is_all_in_one_language() {
        for task in ["new", "check", "solve", "compare", "why", "audit"] {
            let mut built = command(Lang::Zh);
            let help = built
                .find_subcommand_mut(task)
                .map(|one| one.render_help().to_string())
                .unwrap_or_default();
            for word in [
                "Usage",
                "OPTIONS",
                "Options",
                "Arguments",
                "Print",
                "default",
                "possible",
            ] {
                assert!(!help.contains(word), "{word} in\n{help}");
            }
        }
    }

    #[test]
    fn the_command_line_is_well_formed() {
        command(Lang::Zh).debug_assert();
        command(Lang::En).debug_assert();
    }
}
