"""The names by which a list may mean a county's departments and its townships' offices."""

import pytest

from accounts.models import Department
from catalog.countywords import CountyWords
from tests import factories

NAMES = ("县民政局", "县人力资源和社会保障局", "县市场监督管理局", "县残疾人联合会", "县农业农村局")


@pytest.fixture
def words(county, township):
    Department.objects.bulk_create([Department(county=county, name=name) for name in NAMES])
    factories.make_office(township, "便民服务中心")
    return CountyWords(county)


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("民政局", "县民政局"),
        ("青禾县民政局", "县民政局"),
        ("县人社局", "县人力资源和社会保障局"),
        ("市场监督管理局", "县市场监督管理局"),
        ("市监局", "县市场监督管理局"),
        ("残联", "县残疾人联合会"),
        ("市民政局", None),
        ("县民宗局", None),
        ("县财政局", None),
        ("县局", None),
    ],
)
def test_a_department_goes_by_shorter_and_longer_names(words, printed, meant):
    found = words.department(printed)
    assert (found and found.name) == meant


def test_a_short_name_of_two_departments_names_neither(words, county):
    Department.objects.create(county=county, name="县人民防空和社区工作局")
    assert CountyWords(county).department("县人社局") is None


def test_only_a_name_understood_as_shorter_is_no_name_of_its_own(words):
    assert words.is_named("青禾县民政局")
    assert not words.is_named("县人社局")


@pytest.mark.parametrize("printed", ["便民服务中心", "乡镇便民服务中心", "各乡镇（街道）便民服务中心"])
def test_an_office_may_have_the_townships_in_front(words, printed):
    assert words.unit(printed) == "便民服务中心"


def test_an_office_may_have_its_township_in_front(words, township):
    assert words.unit(f"{township.name}便民服务中心") == "便民服务中心"
    assert words.unit("他乡便民中心") is None
