"""Level and kind of a body follow from its name, or stay open with a reason."""

import pytest

from checker.assemble.bodies import classify, looks_like_body
from checker.rulebook.places import load_places


@pytest.mark.parametrize(
    ("name", "level", "kind"),
    [
        ("教育部", "ministry", "department"),
        ("国务院办公厅", "ministry", "office"),
        ("浙江省人民政府", "province", "government"),
        ("浙江省水利厅", "province", "department"),
        ("上海市人民政府", "province", "government"),
        ("上海市浦东新区教育局", "county", "department"),
        ("杭州市人民政府办公厅", "city", "office"),
        ("镇江市教育局", "city", "department"),
        ("新乡市红旗区人民政府", "county", "government"),
        ("济南市市中区人民政府", "county", "government"),
        ("昆山市人民政府", "county", "government"),
        ("云溪县市场监管局", "county", "department"),
        ("云溪县乡村振兴局", "county", "department"),
        ("淮安市城市管理局", "city", "department"),
        ("云溪市青石区水利局", "county", "department"),
        ("云溪县青石镇人民政府", "township", "government"),
        ("青石街道", "township", "branch"),
        ("云溪区青石街道办事处", "township", "branch"),
        ("云溪县人民政府青石街道办事处", "township", "branch"),
        ("大兴安岭地区行政公署", "city", "branch"),
        ("兴安盟行政公署", "city", "branch"),
        ("国家税务总局云溪县税务局", "county", "vertical"),
        ("云溪县气象局", "county", "vertical"),
        ("云溪县消防救援大队", "county", "vertical"),
        ("淮安市政务服务管理办公室", "city", "office"),
        ("云溪县", "county", "government"),
        ("岚屏省人民政府", "province", "government"),
        ("岚屏省水利厅", "province", "department"),
        ("玉溪岭苗族自治州人民政府", "city", "government"),
        ("达兰盟行政公署", "city", "branch"),
        ("达兰盟青石旗人民政府", "county", "government"),
        ("岚屏自治区财政厅", "province", "department"),
        ("云溪县农业农村局(乡村振兴局)", "county", "department"),
        ("淮安市公安局青石分局", "county", "department"),
        ("上海市公安局青石分局", "county", "department"),
        ("云山市生态环境局青石分局", "county", "department"),
        ("国家统计局淮安调查队", "city", "vertical"),
        ("国家统计局昆山调查队", "county", "vertical"),
        ("国家统计局江苏调查总队", "province", "vertical"),
    ],
)
def test_level_and_kind_follow_from_the_name(name: str, level: str, kind: str) -> None:
    found = classify(name)
    assert (found.level, found.kind, found.reason) == (level, kind, "")


@pytest.mark.parametrize(
    ("name", "kind", "reason"),
    [
        ("云溪市人民政府", "government", "地级市还是县级市"),
        ("市水务局", "department", "地级市还是县级市"),
        ("云溪经济技术开发区管理委员会", "branch", "开发区"),
        ("上海海关", "vertical", "看不出级别"),
        ("云山市公安局云溪分局", "department", "分局"),
        ("淮安市公安局高新分局", "department", "分局"),
        ("云溪县公安局青石分局", "department", "分局"),
        ("中国证监会云溪监管局", "vertical", "看不出级别"),
        ("中国证券监督管理委员会云溪监管局", "vertical", "看不出级别"),
        ("民航云溪监管局", "vertical", "看不出级别"),
        ("国家统计局云溪调查队", "vertical", "看不出级别"),
        ("水务局", "department", "没有可以判断级别的地名"),
        ("云溪县高新区管委会", "branch", "开发区"),
        ("长江水利委员会", "vertical", "看不出级别"),
        ("水利部黄河水利委员会", "vertical", "看不出级别"),
        ("自来水公司", None, "不是行政机关的部门"),
    ],
)
def test_a_level_that_the_name_does_not_tell_stays_open(
    name: str, kind: str | None, reason: str
) -> None:
    found = classify(name)
    assert (found.level, found.kind) == (None, kind)
    assert reason in found.reason


@pytest.mark.parametrize("name", ["云溪县自来水公司", "云溪县人民医院", "云溪县第一中学"])
def test_a_company_or_a_school_is_no_department(name: str) -> None:
    found = classify(name)
    assert (found.level, found.kind) == ("county", None)
    assert "企业或事业单位" in found.reason


@pytest.mark.parametrize("text", ["根据条例", "2024年", "政府信息公开工作年度报告", "云溪"])
def test_other_words_are_no_body(text: str) -> None:
    assert not looks_like_body(text)


def test_the_lists_of_places_are_complete_and_apart() -> None:
    places = load_places()
    assert len(places.prefecture_cities) == 293
    assert len(places.prefecture_areas) == 30 + 7 + 3
    assert not places.prefecture_cities & places.county_cities
