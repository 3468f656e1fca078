//! The schools of the county: names, places and pupils. All invented, except the levels of 望京小学.

use super::{Chance, JUNIOR_SHARE, SMALL_SCHOOL};

/// The county, which does not exist.
pub const COUNTY: &str = "云岭县（合成）";

const STREETS: [&str; 3] = ["城南街道", "城东街道", "城西街道"];
const TOWNS: [&str; 14] = [
    "石桥镇",
    "双河镇",
    "龙潭镇",
    "白沙镇",
    "黄桷镇",
    "青杠镇",
    "三溪镇",
    "高坪镇",
    "大坝镇",
    "老场镇",
    "马鞍镇",
    "清泉镇",
    "南河镇",
    "红土镇",
];
const TOWNSHIPS: [&str; 8] = [
    "水田乡",
    "金盆乡",
    "杉岭乡",
    "竹园乡",
    "茶坪乡",
    "后坝乡",
    "岩口乡",
    "木叶乡",
];
const VILLAGES: [&str; 53] = [
    "大湾",
    "小河",
    "石门",
    "红岩",
    "桃园",
    "柏树",
    "李家坝",
    "张家湾",
    "王家坪",
    "土城",
    "凉水",
    "青龙",
    "五里",
    "官渡",
    "坪上",
    "梨子",
    "云台",
    "新庄",
    "八角",
    "古井",
    "楠木",
    "双石",
    "天池",
    "板栗",
    "铜鼓",
    "花园",
    "马头",
    "两岔",
    "箐口",
    "长岭",
    "中心坝",
    "罗家寨",
    "核桃",
    "月亮",
    "泉坝",
    "黄泥",
    "沙井",
    "松林",
    "草坝",
    "关口",
    "银杏",
    "麻柳",
    "黑溪",
    "半坡",
    "乌杨",
    "岔河",
    "响水",
    "团山",
    "石坎",
    "梅子",
    "杨柳",
    "茅坪",
    "火石",
];
const CITY: &str = "县城";
const TOWN: &str = "镇区";
const VILLAGE: &str = "乡村";

/// What a school teaches.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Primary,
    Junior,
    NineYear,
}

impl Kind {
    /// The word of the sheet.
    pub fn stage(self) -> &'static str {
        match self {
            Kind::Primary => "小学",
            Kind::Junior => "初中",
            Kind::NineYear => "九年一贯制学校",
        }
    }
}

/// One row of the table.
#[derive(Clone, Debug)]
pub struct Site {
    pub code: String,
    pub name: String,
    pub kind: Kind,
    pub area: &'static str,
    pub township: &'static str,
    pub primary: u32,
    pub junior: u32,
    /// Published levels by header, per pupil (or as a share).
    levels: &'static [(&'static str, f64)],
}

impl Site {
    /// A level that is published for this school.
    pub fn published(&self, header: &str) -> Option<f64> {
        self.levels
            .iter()
            .find(|(named, _)| *named == header)
            .map(|(_, level)| *level)
    }

    /// Whether it is in the official figures.
    pub fn counted(&self) -> bool {
        self.pupils() >= SMALL_SCHOOL
    }

    /// All its pupils.
    pub fn pupils(&self) -> u32 {
        self.primary + self.junior
    }

    /// Its pupils of a stage.
    pub fn pupils_of(&self, kind: Kind) -> u32 {
        match kind {
            Kind::Primary => self.primary,
            Kind::Junior => self.junior,
            Kind::NineYear => self.pupils(),
        }
    }

    /// Pupils, with junior pupils counted 1.1 times.
    pub fn weighted_pupils(&self) -> f64 {
        f64::from(self.primary) + JUNIOR_SHARE * f64::from(self.junior)
    }

    /// The part of its stock that counts for a stage.
    pub fn share_of(&self, kind: Kind) -> f64 {
        match kind {
            Kind::Primary => f64::from(self.primary) / self.weighted_pupils(),
            Kind::Junior => JUNIOR_SHARE * f64::from(self.junior) / self.weighted_pupils(),
            Kind::NineYear => 1.0,
        }
    }

    /// −1 in the county town, 0 in a town, 1 in a village.
    pub fn distance_from_town(&self) -> f64 {
        match self.area {
            CITY => -1.0,
            TOWN => 0.0,
            _ => 1.0,
        }
    }

    /// Classes of the primary and the junior part: 45 and 50 pupils at most, and every grade a class of its own where
    /// there are pupils enough.
    pub fn classes(&self) -> (u32, u32) {
        let classes = |pupils: u32, size: u32, grades: u32| {
            pupils.div_ceil(size).max(pupils.div_ceil(8).min(grades))
        };
        (classes(self.primary, 45, 6), classes(self.junior, 50, 3))
    }
}

/// All schools, in the order of the table.
pub fn sites(chance: &mut Chance) -> Vec<Site> {
    let mut list = List {
        sites: Vec::new(),
        villages: VILLAGES.iter(),
    };
    for (at, name) in [
        "实验", "城南", "第一", "第二", "第三", "城东", "城西", "南门",
    ]
    .into_iter()
    .enumerate()
    {
        list.add(
            format!("云岭县{name}小学"),
            Kind::Primary,
            CITY,
            STREETS[at % 3],
            chance.size(850, 1950),
            0,
        );
    }
    for name in ["第一", "第二", "第三", "第四", "第五"] {
        let street = STREETS[list.sites.len() % 3];
        list.add(
            format!("云岭县{name}初级中学"),
            Kind::Junior,
            CITY,
            street,
            0,
            chance.size(900, 1900),
        );
    }
    for town in TOWNS {
        list.add(
            format!("{town}中心小学"),
            Kind::Primary,
            TOWN,
            town,
            chance.size(320, 980),
            0,
        );
    }
    for town in TOWNS.into_iter().take(8) {
        list.add(
            format!("{town}第二小学"),
            Kind::Primary,
            TOWN,
            town,
            chance.size(180, 520),
            0,
        );
    }
    list.wangjing();
    for town in TOWNS {
        list.add(
            format!("{town}初级中学"),
            Kind::Junior,
            TOWN,
            town,
            0,
            chance.size(280, 820),
        );
    }
    for town in TOWNS.into_iter().take(5) {
        list.add(
            format!("{town}第二初级中学"),
            Kind::Junior,
            VILLAGE,
            town,
            0,
            chance.size(120, 360),
        );
    }
    for township in TOWNSHIPS {
        list.add_nine_year(format!("{township}九年一贯制学校"), township, chance);
    }
    for town in TOWNS.into_iter().skip(10) {
        let name = list.village();
        list.add_nine_year(format!("{town}{name}学校"), town, chance);
    }
    let places: Vec<&str> = TOWNS.into_iter().chain(TOWNSHIPS).collect();
    for at in 0..31 {
        let (place, name) = (places[at % places.len()], list.village());
        list.add(
            format!("{place}{name}村小学"),
            Kind::Primary,
            VILLAGE,
            place,
            chance.size(52, 260),
            0,
        );
    }
    for at in 0..18 {
        let (place, name) = (places[(at * 5 + 3) % places.len()], list.village());
        list.add(
            format!("{place}{name}教学点"),
            Kind::Primary,
            VILLAGE,
            place,
            chance.size(8, 46),
            0,
        );
    }
    list.sites
}

struct List {
    sites: Vec<Site>,
    villages: std::slice::Iter<'static, &'static str>,
}

impl List {
    fn village(&mut self) -> &'static str {
        self.villages.next().copied().unwrap_or("高山")
    }

    fn add(
        &mut self,
        name: String,
        kind: Kind,
        area: &'static str,
        township: &'static str,
        primary: u32,
        junior: u32,
    ) -> &mut Site {
        let code = format!("YL{:03}", self.sites.len() + 1);
        self.sites.push(Site {
            code,
            name,
            kind,
            area,
            township,
            primary,
            junior,
            levels: &[],
        });
        let last = self.sites.len() - 1;
        &mut self.sites[last]
    }

    fn add_nine_year(&mut self, name: String, township: &'static str, chance: &mut Chance) {
        let (primary, junior) = (chance.size(140, 480), chance.size(80, 260));
        self.add(name, Kind::NineYear, VILLAGE, township, primary, junior);
    }

    /// The school whose levels are published (平昌县望京小学): both stages, each with stock of its own. Its pupils are
    /// an assumption.
    fn wangjing(&mut self) {
        self.add(
            "望京小学（小学部）".into(),
            Kind::Primary,
            TOWN,
            "双河镇",
            862,
            0,
        )
        .levels = &[
            ("教学及辅助用房面积", 1.89),
            ("运动场馆面积", 3.13),
            ("实验仪器配齐率", 0.13),
        ];
        self.add(
            "望京小学（初中部）".into(),
            Kind::Junior,
            TOWN,
            "双河镇",
            0,
            547,
        )
        .levels = &[
            ("教学及辅助用房面积", 2.53),
            ("运动场馆面积", 3.62),
            ("实验仪器配齐率", 0.011),
        ];
    }
}
