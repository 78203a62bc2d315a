"""The page on which figures are handed in, for those who may not and for accounts of a region."""

import json
import re
import time
from contextlib import contextmanager

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey
from playwright.sync_api import expect

KEY = ECKey.generate_key("P-256", {"kid": "one"})
ISSUER = "https://sso.example.go.kr"
WORK_MS = 90_000
FILE = "지역,연도,지표,수치,단위\n대구,2022,외국인환자 수,14312,명\n{other}"
OFFERED = "input[type=file], .cr-history, .st-key-handing-in-accept, .st-key-handing-in-original"


def refused(page, who):
    """That the page names those who may and shows nothing else."""
    box = page.locator(".stApp .cr-not-open")
    expect(box).to_contain_text(who)
    expect(page.locator("h1")).to_have_text("Hand in figures")
    expect(page.locator(OFFERED)).to_have_count(0)


def test_whoever_only_reads_is_told_who_hands_in(browser, serving):
    with serving(CLUSTER_REVIEW_SIGN_IN="public") as address:
        page = browser.new_page(base_url=address)
        page.goto("/handing-in?lang=en&receipt=r1&job=0a")
        refused(page, "whoever runs the server does it there")
        expect(page.get_by_test_id("stApp")).not_to_contain_text("r1")
        page.goto("/handing-in?lang=ko")
        expect(page.locator(".cr-not-open")).to_contain_text("서버 운영자")
        page.close()


@pytest.fixture(scope="module")
def office(tmp_path_factory, serving):
    """A server to which a proxy says who asks; pages of accounts of it, by the groups they are in.

    The proxy is this test: what it would add to requests, the browser adds.
    """
    file = tmp_path_factory.mktemp("proxy") / "proxy.jwks"
    file.write_text(json.dumps({"keys": [KEY.as_dict(private=False)]}))
    roles = {"daegu": "official KR-27", "approvers": "approver KR-27", "admins": "administrator"}
    with serving(
        CLUSTER_REVIEW_SIGN_IN="proxy",
        CLUSTER_REVIEW_PROXY_KEY_FILE=str(file),
        CLUSTER_REVIEW_PROXY_ISSUER=ISSUER,
        CLUSTER_REVIEW_TRUSTED_PROXIES="127.0.0.1",
        CLUSTER_REVIEW_ROLE_CLAIM="groups",
        CLUSTER_REVIEW_ROLE_VALUES=json.dumps(roles),
    ) as address:
        yield address


@pytest.fixture
def account(browser, office):
    @contextmanager
    def opened(name, group):
        now = int(time.time())
        said = {
            "iss": ISSUER, "aud": "cluster-review", "sub": name, "iat": now, "exp": now + 900,
            "email": f"{name}@daegu.go.kr", "email_verified": True, "name": name.title(),
            "groups": [group],
        }  # fmt: skip
        token = jwt.encode({"alg": "ES256", "kid": "one"}, said, KEY, algorithms=["ES256"])
        page = browser.new_page(base_url=office, extra_http_headers={"X-Identity-Token": token})
        page.goto("/handing-in?lang=en&table=observations")
        yield page
        page.close()

    return opened


def choose(page, text):
    content = text.encode()
    file = {"name": "city.csv", "mimeType": "text/csv", "buffer": content}
    page.locator(".st-key-cr-handing-in-file input[type=file]").set_input_files(file)


@pytest.mark.long
def test_an_official_hands_in_and_another_account_of_the_region_approves(account):
    with account("admin", "admins") as page:
        refused(page, "Official")
    with account("kim", "daegu") as page:
        who = page.locator(".st-key-cr-handing-in-who")
        expect(who).to_contain_text("Kim")
        expect(who).to_contain_text("Daegu")
        expect(page.locator(".st-key-handing-in-name")).to_have_count(0)
        choose(page, FILE.format(other="대전,2022,외국인환자 수,4000,명\n"))
        finding = page.locator(".cr-findings tbody tr").first
        expect(finding).to_contain_text(re.compile("line 3.*Daejeon", re.DOTALL))
        page.locator(".st-key-handing-in-discard button").click()
        expect(finding).to_have_count(0)
        choose(page, FILE.format(other=""))
        page.locator(".st-key-handing-in-accept button").click(timeout=WORK_MS)
        done = page.locator(".st-key-cr-handing-in-done")
        expect(done).to_contain_text("Waiting for approval", timeout=WORK_MS)
        page.get_by_text("r2 · city.csv · Kim").first.click()
        expect(
            page.locator("[class*=handing-in-approve], [class*=handing-in-reject]")
        ).to_have_count(0)
    with account("lee", "approvers") as page:
        page.get_by_text("r2 · city.csv · Kim").first.click()
        page.locator(".st-key-handing-in-approve-r2 button").click()
        row = page.locator(".cr-history tbody tr").filter(has_text="city.csv")
        expect(row).to_contain_text("Taken in", timeout=WORK_MS)
        expect(row).to_contain_text("Lee")
