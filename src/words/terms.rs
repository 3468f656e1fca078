//! Levers and rules by the words that case.toml has for them: what each does, how it stands in the program, and under which
//! rules the audit holds a plan to it. `junheng explain WORD` shows them; a test holds them against the schema, the golden
//! formulations, the tampered plans and the shipped cases.

/// What a term is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A way of meeting needs, which has rows of its own in the plan table.
    Lever,
    /// What is asked for, which the plan table tells as the problem.
    Need,
    /// A rule, whose price and reach are told beside the plan.
    Rule,
    /// What is decided before the plan.
    Decision,
}

/// A lever or rule.
#[derive(Clone, Copy, Debug)]
pub struct Term {
    /// The word by which it is asked for: the one case.toml has, where it has one.
    pub word: &'static str,
    /// What it is.
    pub kind: Kind,
    /// How it is stated.
    pub stated: &'static str,
    /// Its name, in Chinese and English.
    pub name: (&'static str, &'static str),
    /// What it does.
    pub says: (&'static str, &'static str),
    /// How it stands in the program.
    pub row: &'static str,
    /// The golden formulations that show it (`tests/golden`).
    pub golden: &'static [&'static str],
    /// The names of the audit's rules that hold a plan to it.
    pub audit: &'static [&'static str],
    /// The shipped case that has it, and the scenario if it is not in the case itself.
    pub shipped: (&'static str, Option<&'static str>),
}

/// The term of a word, in any letter case, or of a name in either language.
pub fn find(word: &str) -> Option<&'static Term> {
    let word = word.trim();
    let names = |term: &&Term| {
        term.word.eq_ignore_ascii_case(word)
            || term.name.0 == word
            || term.name.1.eq_ignore_ascii_case(word)
    };
    TERMS.iter().find(names)
}

/// Every lever and rule.
pub const TERMS: &[Term] = &[
    Term {
        word: "buy",
        kind: Kind::Lever,
        stated: "[[measure]] kind = \"buy\"",
        name: ("购置", "buying"),
        says: (
            "当年付清，当年起用，用满 life 年；超出规划期的年限按规划期后计入。",
            "Paid in full in its year, of use from then on for `life` years; what lasts beyond the plan counts in the years after it.",
        ),
        row: "short(i,r,t) + Σ buy(i,s in use in t) ≥ missing(i,r,t)",
        golden: &["buy"],
        audit: &["price", "whole-steps"],
        shipped: ("five-schools", None),
    },
    Term {
        word: "build",
        kind: Kind::Lever,
        stated: "[[measure]] kind = \"build\", lead",
        name: ("建设", "building"),
        says: (
            "当年付清，lead 年后起用；每年能建多少用数量指标限制。",
            "Paid in full in its year, of use `lead` years later; how much can be built in a year is a quota.",
        ),
        row: "short(i,r,t) + Σ build(i,s ≤ t − lead) ≥ missing(i,r,t)",
        golden: &["build"],
        audit: &["in-time", "price"],
        shipped: ("district", None),
    },
    Term {
        word: "repair",
        kind: Kind::Lever,
        stated: "[[measure]] kind = \"repair\", [[resource]] unusable",
        name: ("维修", "repair"),
        says: (
            "修复不能用的存量，全部年份合计不超过待修的数量。",
            "Mends stock that cannot be used; over all years no more than is broken.",
        ),
        row: "Σ repair(i,t) ≤ unusable(i)",
        golden: &["repair"],
        audit: &["no-more-than-of-use"],
        shipped: ("district", None),
    },
    Term {
        word: "train",
        kind: Kind::Lever,
        stated: "[[measure]] kind = \"train\", from",
        name: ("培训", "training"),
        says: (
            "把在职教师培训为合格或骨干，不超过尚未达到的人数。",
            "Makes qualified or backbone teachers of those who are there; no more than are not yet.",
        ),
        row: "Σ train(i,t) ≤ stock(i,from) − stock(i,r)",
        golden: &["train"],
        audit: &["no-more-than-of-use"],
        shipped: ("district", None),
    },
    Term {
        word: "hire",
        kind: Kind::Lever,
        stated: "[[measure]] kind = \"hire\"",
        name: ("招聘", "hiring"),
        says: (
            "从当年起每年付工资，规划期后也付；编制是数量指标。",
            "Paid in every year from its own on, after the plan too; the establishment is a quota.",
        ),
        row: "pay(t) = Σ cost · hire(i,s ≤ t)",
        golden: &["hire"],
        audit: &["price", "fund-after"],
        shipped: ("district", None),
    },
    Term {
        word: "subsidy",
        kind: Kind::Lever,
        stated: "[[measure]] kind = \"hire\", subsidy, subsidy_years",
        name: ("特岗", "special posts"),
        says: (
            "前几年由外部补助一部分工资，此后全由本地资金支付。",
            "In its first years a part of the pay comes from outside; then the funds pay it all.",
        ),
        row: "pay(t) = Σ (cost − subsidy while it lasts) · hire(i,s ≤ t)",
        golden: &["special_post"],
        audit: &["price"],
        shipped: ("district", None),
    },
    Term {
        word: "also",
        kind: Kind::Lever,
        stated: "[[measure]] also",
        name: ("一人多项", "counting in several"),
        says: (
            "每单位同时计入几项指标，如一名体育教师也是专任教师。",
            "Each unit counts in several resources: a PE teacher is a teacher too.",
        ),
        row: "short(i,q,t) + Σ also · hire(i,s) ≥ missing(i,q,t)",
        golden: &["also"],
        audit: &["no-school-below-today"],
        shipped: ("district", None),
    },
    Term {
        word: "rotate",
        kind: Kind::Lever,
        stated: "[[measure]] kind = \"rotate\", term",
        name: ("交流轮岗", "rotation"),
        says: (
            "教师在同一县区、学段（或结对、限距离）的学校之间交流 term 年后返回；派出与接收相等，派出学校不低于标准。按距离分档的津贴是几项措施，各有 within。",
            "Posts go from a school to another of the same county and stage (or group, or distance) for `term` years and return; as many leave as arrive, and no donor falls below its own standard for it. Allowances by distance are several measures, each with `within`.",
        ),
        row: "Σ rotate(i,t) = Σ give(i,t)",
        golden: &["rotate"],
        audit: &["rotation-balance", "stock", "rotation-to-itself"],
        shipped: ("district", None),
    },
    Term {
        word: "share-post",
        kind: Kind::Lever,
        stated: "[[measure]] kind = \"share-post\", step",
        name: ("走教", "sharing a post"),
        says: (
            "一师任两校：每年把岗位的一部分（默认 0.2，即每周一天）给相近或结对的学校。",
            "A teacher serves two schools: a part of a post (0.2 when absent, a day a week) goes to a near or paired school for a year.",
        ),
        row: "Σ share(i,t) = Σ give(i,t) in each circle, parts of a post",
        golden: &["shared_post"],
        audit: &["rotation-balance", "stock", "whole-steps"],
        shipped: ("places", None),
    },
    Term {
        word: "paired",
        kind: Kind::Lever,
        stated: "[[measure]] paired, within",
        name: ("结对、限距离", "pairs and distance"),
        says: (
            "只在同组（结对、学区、集团）或相距不超过 within 公里的学校之间；按距离时先归成片区，片区内任意两校都不超过。",
            "Only between schools of one group, or no farther apart than `within` km: circles in which no two schools are farther apart.",
        ),
        row: "one pool a circle and year",
        golden: &["shared_post"],
        audit: &["rotation-balance"],
        shipped: ("places", None),
    },
    Term {
        word: "move",
        kind: Kind::Lever,
        stated: "[[measure]] kind = \"move\"",
        name: ("调剂", "moving surplus"),
        says: (
            "把有富余的设备、图书永久调给缺的学校，只付运费。",
            "What a school has to spare goes for good to one that lacks it; only transport is paid.",
        ),
        row: "Σ move(i,t) = Σ give(i,t), once and for good",
        golden: &["move"],
        audit: &["rotation-balance", "stock"],
        shipped: ("district", None),
    },
    Term {
        word: "part",
        kind: Kind::Lever,
        stated: "[[measure]] part",
        name: ("远程同步课堂", "remote lessons"),
        says: (
            "至多替代标准的这一比例，其余仍须面授。",
            "Stands in for a part of what the standard asks for at most; the rest has to be there.",
        ),
        row: "Σ remote(i,t) ≤ part · required(i,r)",
        golden: &["part"],
        audit: &["no-more-than-of-use"],
        shipped: ("places", None),
    },
    Term {
        word: "aid",
        kind: Kind::Lever,
        stated: "[[measure]] kind = \"aid\", per = \"poor-pupil\"",
        name: ("资助", "aid"),
        says: (
            "按困难学生人数计，每年发放，当年有效。",
            "By the pupils with a claim, paid anew each year and of use in it alone.",
        ),
        row: "short(i,aid,t) + aid(i,t) ≥ claims(i,t)",
        golden: &["aid"],
        audit: &["target", "fund"],
        shipped: ("places", None),
    },
    Term {
        word: "least",
        kind: Kind::Lever,
        stated: "[[measure]] least; in a scenario [[project]]",
        name: ("项目最小规模", "smallest project"),
        says: (
            "一所学校一年里要么不办，要么至少办这么多；连续规划不计，取整时满足。",
            "At a school in a year either nothing or at least so many units; kept when units are made whole, no row of the program.",
        ),
        row: "units = 0 or units ≥ least (whole units)",
        golden: &["project"],
        audit: &["project"],
        shipped: ("district", None),
    },
    Term {
        word: "bought",
        kind: Kind::Need,
        stated: "[[resource]] bought, life, leaving",
        name: ("到期报废", "writing off by age"),
        says: (
            "按购置年份和使用年限，或按写明的年份，存量退出，缺口随之增加。",
            "Stock falls out of use by the year it was bought in and its life, or in a stated year; the need rises by as much.",
        ),
        row: "missing(i,r,t) = required − (stock − out of use by t)",
        golden: &["write_off"],
        audit: &["stock", "no-school-below-today"],
        shipped: ("district", None),
    },
    Term {
        word: "classes-or-part",
        kind: Kind::Need,
        stated: "per = \"classes-or-part\"",
        name: ("每若干班一间", "one per so many classes"),
        says: (
            "每 12 班或不足 12 班一间音乐、美术教室之类。",
            "One room per 12 classes or part of them, and the like.",
        ),
        row: "required = ⌈classes / n⌉ · amount",
        golden: &["buy"],
        audit: &["no-school-below-today"],
        shipped: ("district", None),
    },
    Term {
        word: "school",
        kind: Kind::Need,
        stated: "per = \"school\"",
        name: ("成套配齐", "completeness of a list"),
        says: (
            "每校一套（如按目录配齐的实验仪器），存量是配齐的比例。",
            "One whole set a school, such as lab kits by their list; the stock is the part that is there.",
        ),
        row: "required = amount",
        golden: &["buy"],
        audit: &["no-school-below-today"],
        shipped: ("county", None),
    },
    Term {
        word: "class-within-size",
        kind: Kind::Need,
        stated: "per = \"class-within-size\"",
        name: ("学位、班额", "places by class size"),
        says: (
            "班级数按班额上限计（45/50 人），由此新建教室、增加学位。",
            "As many classes as keep within the size (45 or 50), for which rooms are built.",
        ),
        row: "required = Σ ⌈pupils / size⌉ · amount",
        golden: &["places_built"],
        audit: &["no-school-below-today"],
        shipped: ("places", None),
    },
    Term {
        word: "boarder",
        kind: Kind::Need,
        stated: "per = \"boarder\"",
        name: ("寄宿床位", "beds for boarders"),
        says: (
            "按寄宿生人数计；分流后寄宿的也计入。",
            "By the boarders, those among them who were diverted.",
        ),
        row: "required = boarders · amount",
        golden: &["beds"],
        audit: &["no-school-below-today"],
        shipped: ("places", None),
    },
    Term {
        word: "forecast",
        kind: Kind::Need,
        stated: "[schools.columns] forecast, [schools.cohort], [enrolment]",
        name: ("在校生预测", "forecast of pupils"),
        says: (
            "逐校预测，或由各年级人数推算，或统一倍数。",
            "Of each school, or from the grades pupils are in, or by a factor for all.",
        ),
        row: "pupils(i,t), decided before the program",
        golden: &["places"],
        audit: &["no-school-below-today"],
        shipped: ("three-schools", None),
    },
    Term {
        word: "divert",
        kind: Kind::Decision,
        stated: "[[divert]]; proposed by junheng divert",
        name: ("分流、撤并", "diverting and merging"),
        says: (
            "学生从某年起转到另一所学校，可寄宿；全部转出即撤并，存量可一并转入。先定后算：规划中人数不变。",
            "Pupils go to another school from a year on, to board there or not; all of them when a site is merged, with stock that goes along. Decided beforehand: enrolment stands still in the program.",
        ),
        row: "pupils(from,t) − n, pupils(to,t) + n",
        golden: &["places"],
        audit: &["no-school-below-today"],
        shipped: ("places", Some("diverted")),
    },
    Term {
        word: "per_pupil",
        kind: Kind::Rule,
        stated: "[[fund]] per_pupil",
        name: ("公用经费", "money by the pupil"),
        says: (
            "按学生、寄宿生计，不足 100 人按 100 人计，其中一定比例可用于规划；不得用于的支出由 pays 写明。",
            "By pupils and boarders, schools under 100 counted as 100, a part of it for the plan; `pays` says what it may not pay for.",
        ),
        row: "Σ pay(fund,t) ≤ rate · pupils(t)",
        golden: &["funds"],
        audit: &["fund", "earmark"],
        shipped: ("district", None),
    },
    Term {
        word: "pays",
        kind: Kind::Rule,
        stated: "[[fund]] pays, carry_over, after",
        name: ("专项、结转", "earmarks and carrying over"),
        says: (
            "每笔资金能用在哪里，能否结转，规划期后每年多少（工资尾数即负债）。",
            "What each fund may pay, whether it carries over, what comes after the plan (pay of those hired goes on as a liability).",
        ),
        row: "Σ pay(fund,≤ t) ≤ Σ amount(≤ t)",
        golden: &["funds", "provinces"],
        audit: &["fund", "fund-after", "earmark"],
        shipped: ("district", None),
    },
    Term {
        word: "matched",
        kind: Kind::Rule,
        stated: "[[policy]] kind = \"share\", of = \"matched\"",
        name: ("配套", "matching"),
        says: (
            "这些资金要按比例为上级专项配套。",
            "These funds pay so much of what grants pay.",
        ),
        row: "Σ pay(own) ≥ share · Σ pay(grants)",
        golden: &["matching"],
        audit: &["share"],
        shipped: ("district", None),
    },
    Term {
        word: "year-before",
        kind: Kind::Rule,
        stated: "[[policy]] kind = \"share\", of = \"year-before\"",
        name: ("只增不减", "spending only grows"),
        says: (
            "每年用于同样对象的支出不少于上年。",
            "Spending on the same is no less than in the year before.",
        ),
        row: "spent(t) ≥ share · spent(t − 1)",
        golden: &["year_before"],
        audit: &["share"],
        shipped: ("district", None),
    },
    Term {
        word: "share",
        kind: Kind::Rule,
        stated: "[[policy]] kind = \"share\"",
        name: ("资金占比", "share of money"),
        says: (
            "某类支出占已用或可用资金的至少、至多多少。",
            "At least or at most a part of what is spent, or of what is available.",
        ),
        row: "spent(in scope) ≥ share · spent(all)",
        golden: &["share"],
        audit: &["share"],
        shipped: ("district", None),
    },
    Term {
        word: "quota",
        kind: Kind::Rule,
        stated: "[[policy]] kind = \"quota\" or \"spending\", each",
        name: ("数量指标、支出金额", "quotas and amounts"),
        says: (
            "编制、轮岗人数、每年建设能力或支出，合计或在每县、每乡镇、每校，至少或至多。",
            "Posts, rotation, what can be built in a year or what is spent, over all or in each county, township or school, at least or at most.",
        ),
        row: "Σ units ≤ max in each place and year",
        golden: &["quota"],
        audit: &["quota"],
        shipped: ("district", None),
    },
    Term {
        word: "target",
        kind: Kind::Rule,
        stated: "[[policy]] kind = \"target\", by",
        name: ("分阶段目标", "phased targets"),
        says: (
            "从某年起每校至少达到标准的一定比例。",
            "From a year on every school has at least a part of each standard.",
        ),
        row: "Σ short(i,r,t) ≤ (1 − share) · required(i,r,t)",
        golden: &["target"],
        audit: &["target"],
        shipped: ("district", None),
    },
    Term {
        word: "stay",
        kind: Kind::Rule,
        stated: "[[policy]] kind = \"stay\", plan, moving; or --stay-near",
        name: ("与原方案衔接", "staying near an earlier plan"),
        says: (
            "原方案的资金至多调出一部分；交流、调剂按转入学校计。",
            "At most a part of the earlier plan's money is taken from its school, measure and year; moves count where they arrive.",
        ),
        row: "Σ cost · kept(i,k,t) ≥ (1 − moving) · money before, kept ≤ units",
        golden: &["stay", "stay_moves"],
        audit: &["stay"],
        shipped: ("places", Some("stay-near")),
    },
    Term {
        word: "cv",
        kind: Kind::Rule,
        stated: "[[policy]] kind = \"cv\", \"gini\" or \"mean-deviation\"",
        name: ("差异系数等", "limits on differences"),
        says: (
            "各县学校之间每项指标的差异不超过 max，谁也不降低。",
            "The schools of each county differ by no more than `max` in each indicator, and nobody is lowered.",
        ),
        row: "tangents of ‖w·(X − X̄)‖ ≤ κ·X̄",
        golden: &["differences"],
        audit: &["differences"],
        shipped: ("district", Some("even")),
    },
    Term {
        word: "indicators",
        kind: Kind::Rule,
        stated: "[[policy]] kind = \"indicators\", min, rest, by",
        name: ("学校达标项数", "indicators met school by school"),
        says: (
            "每校至少 min 项指标达标，其余各项不低于标准的 rest；哪几项未达标由程序逐校选定，另给下界。",
            "Every school meets at least min indicators and has rest of the norm of the others; the program chooses which, with a bound for every choice.",
        ),
        row: "stock(i,r,t) ≥ (rest + (1 − rest)·met(i,r))·norm(i,r,t), Σᵣ met(i,r) ≥ min",
        golden: &["indicators"],
        audit: &["indicators"],
        shipped: ("district", Some("five-of-eight")),
    },
    Term {
        word: "forbid",
        kind: Kind::Rule,
        stated: "[[policy]] kind = \"forbid\"",
        name: ("禁止", "bans"),
        says: (
            "不得对某类学校使用某项措施。",
            "A measure may not be used at some schools.",
        ),
        row: "no column",
        golden: &["forbid"],
        audit: &["open-measure"],
        shipped: ("county", Some("posts-frozen")),
    },
    Term {
        word: "lock",
        kind: Kind::Rule,
        stated: "junheng solve --keep plan.csv",
        name: ("锁定", "locks"),
        says: (
            "标记的行照写不变，其余围绕它重新安排。",
            "Rows that are marked stay as they are written; the rest is planned around them.",
        ),
        row: "units(i,k,t) = as written",
        golden: &["keep"],
        audit: &["kept"],
        shipped: ("county", None),
    },
    Term {
        word: "no_school_below_today",
        kind: Kind::Rule,
        stated: "[case] no_school_below_today",
        name: ("不削峰填谷", "no levelling down"),
        says: (
            "任何学校不因规划低于没有规划时的水平。",
            "No action puts a school below its course without the plan.",
        ),
        row: "give(i,t) ≤ what is to spare",
        golden: &["rotate"],
        audit: &["no-school-below-today"],
        shipped: ("district", None),
    },
];
