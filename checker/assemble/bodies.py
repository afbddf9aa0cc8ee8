"""Names of public bodies: what looks like one, and of which level and kind it is.

Only what the name itself and the lists in ``rules/places.yaml`` tell. Where they do not tell, the
answer is None with the reason: a wrong level is worse than none.
"""

import re
from functools import cache
from typing import NamedTuple

from checker.domain.report import KindOfBody, Level
from checker.rulebook.late import late_regex
from checker.rulebook.lexicon import found, load_lexicon
from checker.rulebook.places import load_places

_COUNTY = re.compile(r"([\u4e00-\u9fff]{1,11}?(?:自治县|自治旗|县|旗|区))")
_OPEN_CITY = re.compile(r"(?!城市|都市|超市)([\u4e00-\u9fff]{1,5}?市)(?!场|容|辖区|区)")
_TOWN = re.compile(
    r"([\u4e00-\u9fff]{1,9}?(?:街道|(?:镇|乡|苏木)(?=$|人民政府|政府|党政|综合|便民|办公室)))"
)
# 省, 自治区, 自治州, 盟 and 地区 say their level even where no list has the place
_WIDE = re.compile(
    r"(?:(?P<province>[\u4e00-\u9fff]{2,8}?(?<![全本我各])(?:自治区|省))"
    r"|(?P<city>[\u4e00-\u9fff]{2,11}?(?:自治州|(?:盟|地区)(?=$|行政公署|行署))))"
    r"(?=$|(?:人民)?政府|行政公署|行署|[\u4e00-\u9fff]{2,})"
)
_NO_COUNTY = re.compile(r"局|委|办|厅|院|中心|管理|服务|政务|人民|政府")
_NOT_CITY = re.compile(r"[县区旗镇乡局委办厅]")
_NOT_WIDE = re.compile(
    r"[省市县区旗镇乡局委办厅院站署]|中心|管理|人民|政府|[节联同]$|工业|老|山区$"
)
_NO_TOWN = re.compile(r"局|委|厅|政府")
# 区 that are no county-level district; a name such as 宝山区 or 东城区 must not fall under it.
_ZONE = re.compile(
    r"(?:开发|高新|新|试验|示范|保税|度假|工业|产业|聚集|集聚|合作|管理|风景|景|旅游|自贸|保护|经开|园|社|地"
    r"|先导|功能|核心|贸易|物流)区$|^(?:山|库|灌|小|片|辖|校|牧|农|林|市)区$"
)
_GOVERNMENT = re.compile(r"^(?:人民)?政府(?:机关|本级|\(本级\))?$")
_DEPARTMENT = re.compile(r"(?:局|厅|委|委员会|部|办公室|办|中心|队|站|所|处|会|院|馆|社|署|台|库)$")
# 云山市生态环境局青石分局; the bureaus 生态环境局 have 分局 in counties only below a 设区的市
_BRANCH = late_regex(r"(?P<bureau>[\u4e00-\u9fff]{2,14}?局)(?P<place>[\u4e00-\u9fff]{2,6})分局$")
_CITY_BUREAU = "生态环境局"
_NO_COUNTY_BRANCH = re.compile(
    r"开发|高新|新区|园|港|景|度假|保税|直属|机场|铁路|轨道|地铁|公交|交通|水上|森林|林业|旅游|经济|示范"
)
_SURVEY = late_regex(r"(?P<place>[\u4e00-\u9fff]{2,8}?)调查(?P<head>总)?队$")
_SECOND_NAME = re.compile(r"(?<=.{3})\([^()]*\)$")  # 云溪县农业农村局（乡村振兴局）
_LEADING_SELF = re.compile(r"^(省|自治区|市|自治州|州|县|区|旗|镇|乡)(?![村域划场容镇级城]).{2,}")
_SELF_LEVEL: dict[str, Level | None] = {
    "省": "province",
    "自治区": "province",
    "市": None,
    "自治州": "city",
    "州": "city",
    "县": "county",
    "区": "county",
    "旗": "county",
    "镇": "township",
    "乡": "township",
}
_NAME = re.compile(r"[\u4e00-\u9fff·、()]+")
_NOT_NAME = re.compile(
    r"信息公开|年度|报告|根据|按照|的|我们|情况|公布|发布|时间|来源"
    r"|网站|通过|反映|贯彻|既是|各(?:部门|单位|级|镇|乡|街道)"
    r"|^[由在与对受]|^经(?!济|开)|^(?:组织|汇总|结合|指导|会同)"
    r"|^我|^本(?:街道|单位|机关|级|[镇乡县市区州旗局办委厅站所])|^全[省市县区州旗盟镇乡](?:各|上下|系统|政府)"
    r"|[省市县区州旗镇乡党]委、?[省市县区州旗镇乡]?政府|^上级|^各"
)


class BodyKind(NamedTuple):
    """Level and kind of a body.

    Attributes:
        reason: why level or kind is unknown, in Chinese; empty when both are known.
    """

    level: Level | None
    kind: KindOfBody | None
    reason: str = ""


class Place(NamedTuple):
    """The places in front of a name.

    Attributes:
        level: of the innermost place; None when there is none or it is not certain.
        name: all places together.
        rest: what follows them.
        uncertain: the name of a 市 whose level is not known.
    """

    level: Level | None
    name: str
    rest: str
    uncertain: str = ""


@cache
def _endings() -> re.Pattern[str]:
    endings = sorted(load_lexicon().organs.endings.split(), key=len, reverse=True)
    return re.compile("(?:" + "|".join(map(re.escape, endings)) + ")$")


def looks_like_body(text: str) -> bool:
    """Whether folded text reads as the name of a body or a place, and nothing else."""
    return (
        3 <= len(text) <= 40
        and _NAME.fullmatch(text) is not None
        and _endings().search(text) is not None
        and _NOT_NAME.search(text) is None
    )


def classify(name: str) -> BodyKind:
    """Level and kind of a body by its folded name."""
    plain = re.sub(r"^中华人民共和国(?=.{2,}(?:部|委员会|署)$)", "", _SECOND_NAME.sub("", name))
    if plain in load_places().ministries:
        return BodyKind("ministry", "office" if plain == "国务院办公厅" else "department")
    if found(load_lexicon().organs.vertical, plain):
        return _vertical(plain)
    place = split_place(plain)
    kind = _kind(place.rest, place.name)
    level, reason = place.level, "" if place.level else _why(place, name)
    if kind == "branch" and not place.rest.endswith(("公署", "行署")):
        return BodyKind("township", kind) if "街道" in plain else _zone()
    if place.name.endswith("新疆生产建设兵团") and kind == "government":
        kind, reason = None, "兵团的性质要由人确认"
    elif re.search(r"分局$|派出所$", place.rest):
        level = _level_of_branch(place)
        reason = "" if level else f"“{name}”是分局一类的派出机构，名称看不出级别"
    elif kind is None:
        reason = _why_no_kind(name)
    return BodyKind(level, kind, reason)


def _why_no_kind(name: str) -> str:
    if found(load_lexicon().organs.institutions, name):
        return f"“{name}”是企业或事业单位，不是行政机关的部门"
    return f"从名称“{name}”看不出是政府、部门还是派出机关"


def _zone() -> BodyKind:
    return BodyKind(None, "branch", "开发区、景区一类管理机构的级别从名称看不出来")


def _why(place: Place, name: str) -> str:
    if place.uncertain:
        return f"从名称看不出“{place.uncertain}”是地级市还是县级市"
    return f"名称“{name}”里没有可以判断级别的地名"


def _level_of_branch(place: Place) -> Level | None:
    """The 分局 of a bureau of a 设区的市 work in a county; those in zones stay open."""
    branch = _BRANCH.match(place.rest)
    if branch is None or _NO_COUNTY_BRANCH.search(branch["place"]):
        return None
    of_city = place.level == "city" or place.name in load_places().municipalities
    always = branch["bureau"] == _CITY_BUREAU and place.name.endswith("市")
    return "county" if of_city or always else None


def _vertical(name: str) -> BodyKind:
    """An organ of a vertical system: its level is that of the place inside its name."""
    bare = re.sub(r"^(?:国家|中国)[\u4e00-\u9fff]{0,8}?(?:总局|统计局|银行|管理局)", "", name)
    level = split_place(bare).level or _level_of_survey(bare)
    return BodyKind(level, "vertical", "" if level else f"从名称“{name}”看不出级别")


def _level_of_survey(name: str) -> Level | None:
    """东营调查队, 山东调查总队: the place stands there without its last character."""
    survey = _SURVEY.match(name)
    if survey is None:
        return None
    places = load_places()
    if survey["head"]:
        wide = (*places.provinces, *places.municipalities)
        return "province" if any(p.startswith(survey["place"]) for p in wide) else None
    city = f"{survey['place']}市"
    if city in places.prefecture_cities:
        return "city"
    return "county" if city in places.county_cities else None


def _kind(rest: str, place: str) -> KindOfBody | None:
    words = load_lexicon().organs
    if not rest:
        return ("branch" if place.endswith("街道") else "government") if place else None
    if place.endswith("街道") and rest in ("办事处", "办"):
        return "branch"
    if _GOVERNMENT.match(rest):
        return "government"
    if found(words.office, rest):
        return "office"
    if found(words.branch, rest):
        return "branch"
    department = _DEPARTMENT.search(rest) and not found(words.institutions, rest)
    return "department" if department else None


def split_place(name: str) -> Place:
    """Split a folded name into its places and the organ behind them."""
    level: Level | None = None
    uncertain = ""
    position = 0
    listed = _listed(name)
    if listed is None and _listed_below(name, None) is None:
        listed = _wide(name)
    if listed is not None:
        level, position = listed
    while position < len(name):
        step = _listed_below(name[position:], level) or _suffix(
            name[position:], level, below_city=level == "city" or bool(uncertain)
        )
        if step is None:
            break
        new_level, length = step
        if new_level is None:
            uncertain = name[position : position + length]
        level = new_level
        position += length
    if position == 0:
        own = _LEADING_SELF.match(name)
        if own:  # 县水务局, 镇人民政府: the writer's own place
            word = own.group(1)
            unsure = "市" if word == "市" else ""
            return Place(_SELF_LEVEL[word], word, name[own.end(1) :], unsure)
    return Place(level, name[:position], name[position:], "" if level else uncertain)


def is_any_place(place: Place) -> bool:
    """Whether it is only called what it is: the 县 of 县水务局."""
    return place.name in _SELF_LEVEL


class _Step(NamedTuple):
    level: Level | None
    length: int


def _listed(name: str) -> _Step | None:
    places = load_places()
    for province in (*places.provinces, *places.municipalities):
        if name.startswith(province):
            return _Step("province", len(province))
    return None


def _wide(name: str) -> _Step | None:
    """A province, a prefecture or a league that no list has."""
    match = _WIDE.match(name)
    if match is None or _NOT_WIDE.search(match[0][:-1]):
        return None
    return _Step("province" if match["province"] else "city", match.end())


def _listed_below(rest: str, level: Level | None) -> _Step | None:
    """A prefecture, a county-level city or a known district at the start."""
    if level in ("county", "township"):
        return None
    places = load_places()
    for length in range(min(len(rest), 13), 2, -1):
        piece = rest[:length]
        prefecture = piece in places.prefecture_cities or piece in places.prefecture_areas
        if prefecture and level != "city":
            return _Step("city", length)
        if piece in places.county_cities or piece in places.districts:
            return _Step("county", length)
    return None


def _suffix(rest: str, level: Level | None, *, below_city: bool) -> _Step | None:
    """A place that its last character gives away."""
    if level == "township":
        return None
    if level != "county":
        city = _OPEN_CITY.match(rest)
        if city and not _NOT_CITY.search(city.group(1)):
            return _Step("county" if below_city else None, city.end())
        county = _county(rest)
        if county is not None:
            return _Step("county", county)
    town = _TOWN.match(rest)
    if town and not _NO_TOWN.search(town.group(1)[:-1]):
        return _Step("township", town.end())
    return None


def _county(rest: str) -> int | None:
    """Length of the county-level place at the start; zones are not counties."""
    match = _COUNTY.match(rest)
    if match is None:
        return None
    end = match.end()
    if end < len(rest) and rest[end] in "县区旗":  # 红旗区
        end += 1
    piece, behind = rest[:end], rest[end:]
    if len(piece) < 2 or piece.endswith("自治区") or _NO_COUNTY.search(piece[:-1]):
        return None
    if piece.endswith("旗") and re.match(r"街道|镇|乡", behind):  # 红旗街道
        return None
    if _ZONE.search(piece) and not re.match(r"人民政府|政府", behind):
        return None
    return end
