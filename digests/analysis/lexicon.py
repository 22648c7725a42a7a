"""Word lists of English reporting: cue verbs, documents, titles, pronouns. Data, not rules."""

_REGULAR = """accept accuse acknowledge add address admit advise affirm agree allege announce answer
appeal argue ask assert assure blame blast boast call caution charge cite claim clarify comment
complain concede conclude condemn confess confide confirm contend counter criticize criticise
declare decline defend demand deny describe detail dismiss echo emphasize emphasise
estimate exclaim explain express fear guess hint imply indicate inform insist instruct joke
lament laugh maintain mention mock muse muse note object observe offer opine order plead pledge point post
praise predict proclaim promise propose quip question reason reassure recall reckon recount
reiterate relate remark remind repeat reply report request respond retort retweet reveal rule scoff
shout signal specify speculate state stress suggest summarize summarise tease testify thank
threaten tweet underline underscore urge vow voice warn welcome whisper wonder yell argue
continue conclude start finish interject insist chant slam rail label brand dub deem ridicule hail
tout denounce decry reject rebuke reference invoke rate characterize characterise liken"""

_IRREGULAR = {
    "say": ("says", "said", "saying"),
    "tell": ("tells", "told", "telling"),
    "write": ("writes", "wrote", "written", "writing"),
    "read": ("reads", "reading"),
    "speak": ("speaks", "spoke", "spoken", "speaking"),
    "begin": ("begins", "began", "begun", "beginning"),
    "go": ("goes", "went", "going"),
    "swear": ("swears", "swore", "sworn", "swearing"),
    "bar": ("bars", "barred", "barring"),
    "admit": ("admits", "admitted", "admitting"),
    "quip": ("quips", "quipped", "quipping"),
    "sing": ("sings", "sang", "sung", "singing"),
    "think": ("thinks", "thought", "thinking"),
    "believe": ("believes", "believed", "believing"),
    "feel": ("feels", "felt", "feeling"),
    "hold": ("holds", "held", "holding"),
    "find": ("finds", "found", "finding"),
    "put": ("puts", "putting"),
    "authorize": ("authorizes", "authorized", "authorizing"),
    "refer": ("refers", "referred", "referring"),
    "draw": ("draws", "drew", "drawing"),
}


def _inflect(verb: str) -> tuple[str, ...]:
    """Return the regular forms of ``verb``: -s, -ed, -ing with the usual spelling rules."""
    if verb.endswith("e"):
        return (verb + "s", verb + "d", verb[:-1] + "ing")
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return (verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing")
    ending = "es" if verb.endswith(("s", "sh", "ch", "x")) else "s"
    return (verb + ending, verb + "ed", verb + "ing")


def _forms() -> dict[str, str]:
    table = {form: verb for verb in _REGULAR.split() for form in (verb, *_inflect(verb))}
    table.update({form: verb for verb, forms in _IRREGULAR.items() for form in (verb, *forms)})
    return table


CUE_FORMS: dict[str, str] = _forms()
"""Every form of a verb that can introduce what somebody said, to its base form."""

SAY_VERBS = frozenset(
    """say tell add write note explain argue insist continue tweet reply respond ask testify state announce
    claim warn recall conclude report read quip joke declare acknowledge observe remark""".split()
)
"""Cue verbs that leave no doubt; the others need the quote right beside them or in their clause."""

WEAK_VERBS = frozenset(
    "start finish go put feel think believe hold find order rate report hail draw speak".split()
)
"""Verbs that introduce speech only where a quote stands directly beside them."""

DOCUMENTS = frozenset(
    """order report statement letter lawsuit suit ruling filing memo email e-mail post tweet bill complaint
    document decision opinion resolution motion petition study survey indictment affidavit proclamation
    announcement policy declaration speech essay column editorial notice directive message release
    release decree judgment judgement brief paper book article manifesto agreement text review audit
    website""".split()
)
"""Things whose words belong to whoever issued them."""

MALE = frozenset(
    """he him his himself mr sir lord father son brother husband king prince chairman spokesman councilman
    alderman congressman grandfather uncle nephew businessman fisherman policeman widower man boy guy
    gentleman""".split()
)
FEMALE = frozenset(
    """she her hers herself mrs ms miss
    mother daughter sister wife queen princess actress chairwoman
    woman girl spokeswoman councilwoman congresswoman grandmother aunt niece businesswoman policewoman
    widow dame
    lady""".split()
)
PLURAL = frozenset("they them their themselves we our us both".split())

TITLES = frozenset(
    """mr mrs ms miss mx dr prof professor sir dame lord lady sen senator rep representative congressman
    congresswoman gov governor president vice-president chancellor secretary judge justice gen general
    col colonel maj major capt captain lt lieutenant sgt sergeant cmdr commander adm admiral rev
    reverend pope bishop archbishop cardinal mayor chief officer detective constable king queen prince
    princess minister premier councillor councilman councilwoman councilmember alderman coach director
    chairman chairwoman chair commissioner sheriff superintendent ambassador inspector spokesman
    spokeswoman spokesperson deputy czar attorney lawyer prosecutor analyst economist manager captain
    midfielder striker goalkeeper defender forward author actor actress singer founder ceo chef owner
    engineer scientist researcher administrator treasurer comptroller delegate lawmaker speaker leader
    candidate nominee mp mla mpp mep magistrate coroner solicitor barrister trustee principal dean
    provost rector warden ombudsman auditor envoy counsel whip
    prime vice det const supt insp cllr coun hon ald cpl cst asst""".split()
)
"""Words that stand before or after a name as its title or role."""

PEOPLE_NOUNS = TITLES | frozenset(
    """official officials man woman boy girl resident residents neighbour neighbor teacher teachers student
    students worker workers expert experts critic critics supporter supporters police authorities
    witness witnesses aide aides adviser advisers source sources person people mother father son
    daughter brother sister wife husband parent parents doctor doctors nurse farmer farmers driver fan
    fans voter voters protesters protester activists activist group company department agency ministry
    office committee court union board council government campaign team club party association
    organization organisation firm bank university administration commission bureau authority body
    family friend colleague owner player players members member investigators prosecutors lawyers
    analysts economists scientists researchers lawmakers senators republican republicans democrat
    democrats conservatives liberals spokesmen host guest caller user victim suspect defendant plaintiff
    bishops priest pastor
    rabbi imam veteran survivor refugee passenger passengers pilot crew soldier soldiers year-old
    watchdog regulator charity hospital school newspaper outlet network magazine
    goaltender strategist convener shopkeeper skipper champion solicitor organiser organizer
    curator biologist geologist historian lecturer tutor bishop vicar novelist
    poet composer conductor guitarist drummer sculptor painter architect mechanic
    plumber electrician carpenter baker butcher barber fisherman fishermen harbourmaster
    paramedic surgeon physician pharmacist psychologist psychiatrist epidemiologist virologist astronomer
    physicist chemist broker trader investor banker accountant retailer landlord
    tenant homeowner commuter motorist cyclist winger quarterback pitcher catcher
    batsman bowler jockey referee umpire rookie keeper steward bailiff
    clerk registrar postmaster librarian caretaker janitor geographer statistician demographer
    meteorologist seismologist agent agents executive executives assistant associate apprentice
    intern cook tenor soprano baritone cellist chief chiefs entrepreneur entrepreneurs lieutenant
    correspondent pollster midwife midwives medic medics cop cops recruit cadet marshal
    captain monk nun deacon chaplain bride groom heir heiress guru prodigy star
    legend ace back lineman fullback halfback linebacker cornerback guard tackle
    incumbent mp mps vet chef guide model dj mc cfo coo cto president-elect premier-designate
    mayor-elect vice-captain co-chair co-founder co-owner co-author
    wing forward defenseman defenceman netminder blueliner gymnast sprinter boxer
    counsel-general attorney-general secretary-general governor-general undersecretary
    counterpart predecessor successor deputy-mayor insider whistleblower
    hero heroes mom dad mum grandma grandpa toddler infant baby teen teens youth adult adults
    migrant immigrant expat veteran retiree pensioner amputee patient patients inmate inmates detainee
    captive hostage fugitive convict felon thief robber gunman shooter bystander onlooker
    pollsters academic academics critic cleric sheikh ayatollah mullah monarch duke duchess earl
    baron baroness countess diplomat diplomats mogul magnate tycoon strongman dictator ruler
    staff staffer staffers freshman sophomore senior alumnus alumna alumni valedictorian
    advocate delegate candidate graduate magistrate expatriate laureate fellow
    professional specialist technician dispatcher attendant clergy""".split()
)
"""Heads of noun phrases that can speak."""

_PERSON_SUFFIXES = (
    "er", "or", "ist", "ian", "man", "men", "woman", "women", "person", "ant", "eer", "ee", "ologist", "eur",
)  # fmt: skip
_NO_PERSON = frozenset(
    """number center centre order letter computer winter summer weather matter chapter quarter another
    former newspaper gender border corner dinner danger cover behavior behaviour sector degree disaster
    cancer merger murder charter register factor fundraiser chamber wonder reminder trigger theater theatre
    coffee manner shelter guarantee silver encounter filibuster barrier transfer finger horror mirror prayer
    chatter temper takeover teleprompter fervor fervour soccer ladder disorder waiver gutter swagger
    firepower median bluster carrier scanner slaughter banner warrant frontier misdemeanor misdemeanour
    marker newsletter metaphor thriller fodder shoulder epicenter epicentre hammer spoiler pageant
    blacklist indicator bellwether whisper hunger elephant rubber surrender maneuver manoeuvre laughter
    moniker trailer bumper butter corridor makeover freezer remainder committee subcommittee buffer pepper
    manslaughter shower elevator powder blockbuster manpower tracker crossover poster bulldozer banter
    helicopter sticker rancor rancour roster leather candor candour perimeter copper retainer booster
    backwater plaster voiceover endeavor endeavour mailer opener caliber calibre cluster starter superpower
    spillover multiplier harbor harbour restaurant tremor terror tractor reactor sensor armour armor
    flavour flavor humour humor rumour rumor vapour honour favour colour labour interior exterior checklist
    shortlist variant implant transplant covenant remnant instant jubilee""".split()
)


def can_be_a_person(noun: str) -> bool:
    """Return whether a common noun, in lower case, can mean somebody: "mayor", "prompter", "cellist"."""
    if noun in PEOPLE_NOUNS:
        return True
    return len(noun) > 5 and noun.endswith(_PERSON_SUFFIXES) and noun not in _NO_PERSON


GROUPS = frozenset(
    """group company department agency ministry office committee court union board council government
    campaign team club party association organization organisation firm bank university administration
    commission bureau authority body charity hospital school newspaper outlet network magazine watchdog
    regulator airline retailer manufacturer maker developer publisher startup foundation league
    federation corporation institute museum paper service utility operator insurer lender brewery
    nonprofit non-profit think-tank giant fund police railway railroad carrier automaker carmaker chain
    exchange brand studio label supplier broadcaster broker consultancy practice trust society coalition
    alliance faction ministry embassy parliament congress senate assembly secretariat directorate
    inspectorate tribunal commission panel jury league diocese church parish orchestra theatre theater
    gallery festival lab laboratory clinic""".split()
)
"""Nouns that mean an organisation, never one person."""

TITLE_ABBREVIATIONS = {
    "gov.": "governor",
    "sen.": "senator",
    "rep.": "representative",
    "lt.": "lieutenant",
    "gen.": "general",
    "sgt.": "sergeant",
    "capt.": "captain",
    "col.": "colonel",
    "prof.": "professor",
    "rev.": "reverend",
    "cmdr.": "commander",
    "adm.": "admiral",
    "maj.": "major",
    "det.": "detective",
    "coun.": "councillor",
    "coun": "councillor",
    "cllr": "councillor",
}
"""Titles as printed before names, and the words a digest shows for them."""

NAMING = frozenset(
    """dubbed titled entitled nicknamed named so-called known called termed labelled labeled word words
    term phrase slogan nickname album song book film movie show series episode novel single track play
    headline hashtag motto chant banner sign signs""".split()
)
"""Words right before quotation marks that announce a name, a title or a term, not speech."""

PLACE_ABBREVIATIONS = frozenset(
    """ont que alta sask man ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn
    miss mo mont neb nev okla ore pa tenn tex va vt wash wis wyo""".split()
)
"""Abbreviated states and provinces as printed after a town, which are nobody's name."""

ORGANIZATION_WORDS = frozenset(
    """line lines inc corp ltd plc llc group company party university college school institute bank council
    committee commission agency ministry department office association federation union league club
    authority board court trust fund foundation society services holdings partners press news wire times
    post journal ledger herald tribune airlines airways railway energy power motors pharma labs
    systems pictures films studios studio entertainment productions media records foods hotels games
    brothers sons industries enterprises resources capital ventures technologies software network networks
    alliance coalition movement front congress assembly senate parliament bureau""".split()
)
"""Last words of names that are an organisation's, whatever the model says."""

BYGONE = frozenset("former then late retired".split())
"""Words before a title that belong to it, whatever the parser takes them for."""

PORTFOLIOS = frozenset(
    """finance health interior housing energy economy economic defence defense foreign affairs transport
    education environment justice home homeland security labour labor trade agriculture fisheries culture
    immigration
    treasury utilities works public fire police press border state city district crown executive managing
    medical general assistant associate acting former interim senior junior elementary university provincial
    federal national regional""".split()
)
"""Words of an office that are common nouns, whatever capital a newspaper gives them before a name."""
