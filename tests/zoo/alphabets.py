"""Pages in legacy charsets, declared well, badly or not at all."""

from tests.zoo.pages import URL, Case, answer, html

RUSSIAN = (
    "Городской совет Сальтмера в понедельник вечером проголосовал за восстановление портовой стены.",
    "«Мы не можем просить рыбаков ждать четвёртую зиму», — сказала мэр Ода Брекке после голосования.",
)
PLAIN_RUSSIAN = tuple(line.replace("«", '"').replace("»", '"').replace("—", "-") for line in RUSSIAN)
POLISH = (
    "Rada miasta Saltmere zagłosowała w poniedziałek za odbudową falochronu, który zniszczył sztorm.",
    "„Nie możemy prosić łodzi, żeby czekały na czwartą zimę”, powiedziała burmistrzyni Oda Brekke.",
)
CZECH = (
    "Zastupitelé města Saltmere v pondělí večer schválili obnovu přístavní zdi, kterou zničila bouře.",
    "Nemůžeme žádat lodě, aby čekaly čtvrtou zimu, řekla starostka Oda Brekkeová po hlasování.",
)
JAPANESE = (
    "ソルトミア市議会は月曜日の夜、一月の嵐で壊れた港の防波堤を再建することを賛成多数で決めた。",
    "「船に四度目の冬を待たせることはできない」とオダ・ブレッケ市長は採決の後に述べた。",
)
CHINESE = (
    "索尔特米尔市议会周一晚间以九票对四票通过决议，重建一月被风暴摧毁的港口防波堤，工程将于四月开始。",
    "“我们不能让渔船再等第四个冬天，”市长奥达·布雷克在表决后说，她一直主张重建这道墙。",
)
KOREAN = (
    "솔트미어 시의회는 월요일 밤 지난 1월 폭풍으로 무너진 항구 방파제를 다시 짓기로 의결했다.",
    "“배들에게 네 번째 겨울을 기다리라고 할 수 없습니다”라고 오다 브레케 시장이 말했다.",
)
FRENCH = (
    "Le conseil de Saltmere a voté lundi soir la reconstruction de la digue, détruite par une tempête.",
    "« Nous ne pouvons pas demander aux bateaux d’attendre un quatrième été », a déclaré la maire.",
)


def in_charset(
    lines: tuple[str, ...],
    charset: str,
    *,
    header: str = "",
    meta: str = "",
    language: str = "",
    before: bytes = b"",
) -> Case:
    head = f'<meta charset="{meta}">' if meta else ""
    attributes = f"lang='{language}'" if language else ""
    title = lines[0][:30].strip()
    page = html(*lines, title=title, head=head, attributes=attributes).encode(charset)
    content_type = f"text/html; charset={header}" if header else "text/html"
    found = answer(before + page, content_type=content_type)
    return Case(web={URL: found}, title=title, summary="", text=lines)


CHARSETS = {
    "charset: windows-1251 by the header": in_charset(RUSSIAN, "cp1251", header="windows-1251"),
    "charset: windows-1251 by the page": in_charset(RUSSIAN, "cp1251", meta="windows-1251"),
    "charset: windows-1251, the server was never set up": in_charset(
        RUSSIAN, "cp1251", header="ISO-8859-1", meta="windows-1251"
    ),
    "charset: windows-1251, the server lies": in_charset(
        RUSSIAN, "cp1251", header="utf-8", meta="windows-1251"
    ),
    "charset: windows-1251, and nobody says so": in_charset(RUSSIAN, "cp1251"),
    "charset: koi8-r, and nobody says so": in_charset(PLAIN_RUSSIAN, "koi8-r"),
    "charset: iso-8859-2 by the page": in_charset(CZECH, "iso8859-2", meta="iso-8859-2"),
    "charset: iso-8859-2, and only the language is told": in_charset(CZECH, "iso8859-2", language="cs"),
    "charset: windows-1250, and only the language is told": in_charset(POLISH, "cp1250", language="pl"),
    "charset: shift_jis by the page": in_charset(JAPANESE, "cp932", meta="shift_jis"),
    "charset: shift_jis, and nobody says so": in_charset(JAPANESE, "cp932"),
    "charset: euc-jp by the header": in_charset(JAPANESE, "euc_jp", header="euc-jp"),
    "charset: gb18030 by the page": in_charset(CHINESE, "gb18030", meta="gb2312"),
    "charset: gb18030, and nobody says so": in_charset(CHINESE, "gb18030"),
    "charset: euc-kr, and nobody says so": in_charset(KOREAN, "euc_kr"),
    "charset: windows-1252, and nobody says so": in_charset(FRENCH, "cp1252"),
    "charset: UTF-16 with its mark": in_charset(RUSSIAN, "utf-16"),
    "charset: UTF-16 without a mark": in_charset(RUSSIAN, "utf-16-le", before=b"\n\0", header="utf-8"),
    "charset: UTF-8 under a legacy name": in_charset(RUSSIAN, "utf-8", header="windows-1251", meta="koi8-r"),
}
