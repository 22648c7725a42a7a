"""Given names that are nearly always a man's or a woman's, in lower case. Data, not rules.

Weak evidence for "he" and "she": what the article itself says outweighs it. Names of both are left out.
"""

import re
from functools import cache

MEN = frozenset(
    """aaron abdul abdullah abraham adam adrian ahmed alan albert alberto alejandro alexander alexei
    alfonso alfred ali allan allen alvin amir anders andreas andres andrew andy angelo antonio anthony
    antoine anton arjun armando arnold arthur arturo augustin austin barack barry bartholomew ben
    benedict benjamin bernard bernie bill billy bob bobby boris brad bradley brandon brendan brent brett
    brian bruce bruno bryan byron calvin carl carlo carlos cedric charles charlie chester christian
    christopher chuck clarence claude clayton cliff clifford clint clive clyde cody cole colin conor
    conrad craig curtis cyril cyrus damian damien dan daniel danny darren darryl dave david dean deepak
    dennis derek desmond dick diego dieter dimitri dmitri dominic don donald doug douglas duncan dustin
    dwayne dwight dylan earl eddie edgar edmund eduardo edward edwin eli elias elijah eliot elliott
    elton emanuel emeka emil emmanuel enrique eric erik ernest ernesto ethan etienne eugene evan ezra
    fabio felipe felix ferdinand fernando filip francis francisco franco francois frank franklin franz
    fred frederick gareth gary gavin geoff geoffrey george gerald gerard gerhard gilbert giovanni glen
    glenn gordon graeme graham grant greg gregory guillermo gustavo guy hamid hamish hank hans harald
    harold harrison harry harvey hasan hassan hector henri henrik henry herbert herman hiroshi horace
    howard hugh hugo humphrey hussein ian ibrahim igor ismail isaac ivan jack jackson jacob jacques jake
    jakob jamal james jan jared jason javier jay jeff jefferson jeffrey jens jeremy jerome jerry jesus
    jim jimmy joachim joao joe joel johan johannes john johnny jon jonah jonas jonathan jorge jose josef
    joseph josh joshua juan juergen julian julio julius justin kareem karim karl keith ken kenneth kent
    kevin khalid kurt kyle lamar lance larry lars laurence lawrence leo leon leonard leonardo leroy
    lewis liam lionel lloyd logan louis lorenzo lucas luigi luis luke luther magnus mahmoud malcolm
    manuel marc marcel marco marcos marcus mario mark marshall martin marvin mateo matt matteo matthew
    matthias maurice max maximilian maxwell mehmet michael miguel mike mikhail miles milos mitch
    mitchell mohamed mohammad mohammed moses muhammad murray mustafa nathan nathaniel neal ned neil
    nelson nicholas nick nicolas niels nigel nikita nikolai noah noel norman olaf oleg oliver omar oscar
    osman otis otto owen pablo paolo patrick paul pavel pedro per percy pete peter phil philip philippe
    phillip pierre piotr quentin rafael rahul rajesh ralph ramon randall randy raphael rashid raul ray
    raymond reginald rene ricardo rich richard rick ricky rob robert roberto rod roderick rodney rodrigo
    roger roland rolf roman ron ronald rory ross roy ruben rudolf rudy rufus rupert russell ryan
    salvador samir samuel sandeep sanjay santiago saul scott sean sebastian serge sergei sergey sergio
    seth shane shaun sidney simon spencer stanley stefan stefano stephan stephen steve steven stewart
    stuart sunil sven tariq ted terrence thaddeus theo theodore thomas tim timothy tobias todd tom tomas
    tomasz tommy tony travis trevor tristan tyler vadim victor vijay vincent vincenzo vladimir wade
    wallace walter warren wayne wesley wilfred wilhelm willem william willie winston wolfgang wyatt
    xavier yuri yusuf zachary alec bertrand amar ari asher atticus axel barnaby bashir basil bilal bjorn brady
    brock bryce burt caleb callum casper cesar chad chuck clement colton connor cormac dale damon darius
    deandre declan denzel dewey diarmuid dirk dorian dougal eamon edouard efrain elmer elvis enzo
    esteban everett farid fergus finn fionn fletcher freddie freddy gerry gilles gino graydon griffin
    gunnar gus hakeem harley heath hubert hunter ignacio ike imran irving isaiah jaime jamaal jarrod jed
    jedediah jeremiah jermaine jerome jethro joaquin joey josiah kaleb kasper keanu kieran killian kirk
    lachlan landon leif lennox leopold levi lincoln linus lonnie lorne lou lowell lyle mack malik marek
    marlon mason massimo maurizio merle mick milan milton mordecai mort morris nasser nate norm
    oleksandr omari orlando osvaldo otto patrik percival pieter ravi reggie reid reza rhys rocco
    roderick roman romeo roscoe royce sal salman sammy samson santino sebastien sergio seymour sheldon
    sherman silas sol stefan sven sylvester tanner taras thaddeus theodor thor tito tobin trent tucker
    tyrone tyson ulrich umar vern vince virgil vlad wendell wes wilbur wilson woody yannick yves zack
    zane""".split()
)
WOMEN = frozenset(
    """abigail ada adele adriana agatha agnes aisha aileen alana alexandra alexis alice alicia alison
    allison alma amanda amelia amina amy ana anastasia andrea angela angelica angelina anita ann anna
    annabel anne annette annie antonia april ariana arlene astrid audrey aurora ava barbara beatrice
    beatrix becky belinda bernadette bernice beth bethany betsy betty beverly bianca bonnie brenda
    bridget brigitte britney brittany camila camille candice carla carmen carol caroline carolyn carrie
    catherine cathy cecilia cecile celeste celia charlotte chelsea cheryl chiara chloe chloë christina
    christine cindy claire clara clarissa claudia colette colleen constance cordelia cornelia courtney
    cristina crystal cynthia daisy daniela danielle daphne darlene dawn deborah debbie debra deirdre
    delia delphine denise diana diane dolores donna dora doreen doris dorothy edith edna effie eileen
    elaine eleanor elena elise elizabeth ella ellen eloise elsa elsie emilia emily emma erica erika erin
    esther ethel eugenia eva evelyn faith fatima felicia fiona flora florence frances francesca freya
    frieda gabriela gabrielle gail genevieve georgia georgina geraldine gertrude gillian gina ginger
    gisele gladys glenda gloria grace greta gretchen guadalupe gwen gwendolyn hannah harriet hazel
    heather heidi helen helena helga henrietta hilary hillary holly ida ilse imogen ines inga ingrid
    irene irina iris isabel isabella isabelle isobel ivanka ivy jacinda jacqueline jana jane janet
    janice janine jasmine jeanette jeannie jennifer jenny jessica jill joan joanna joanne jocelyn
    josefina josephine joy joyce juanita judith judy julia juliana julie juliet june kamala karen karin
    karla kate katherine kathleen kathryn kathy katie katrina kayla kimberly kirsten kristen kristi
    kristin kristina lara latoya laura lauren leah leila lena lenora leonora leticia lillian lily linda
    lisa loretta lorna lorraine louise lucia lucille lucinda lucy luisa lydia lynette mabel madeleine
    madison magdalena maggie mandy marcia margaret margarita margot maria mariam marian marianne marie
    marilyn marina marjorie marlene marta martha martina mary matilda maud maureen mavis maxine meg
    megan melanie melania melinda melissa mercedes meredith michelle mildred millicent mina miranda
    miriam molly monica monika muriel myra nadia nadine nancy naomi natalia natalie natasha nathalie
    nell nellie nicole nina nora norah noreen norma octavia odette olga olive olivia ophelia pamela
    patricia paula pauline pearl peggy penelope penny phoebe phyllis priscilla priya rachel ramona
    rebecca regina renata renee rhonda rita roberta rosa rosalind rose rosemary roxanne ruby ruth sabine
    sabrina sally samantha sandra sara sarah selma serena shannon sharon sheila shelley sherry shirley
    sigrid silvia simone sofia solveig sonia sonja sophia sophie stacey stella stephanie sue susan
    susanna susannah suzanne sybil sylvia tamara tania tanya tatiana teresa tess tessa thelma theresa
    tiffany tina ursula valentina valerie vanessa vera veronica victoria viola violet virginia vivian
    wanda wendy whitney wilhelmina wilma winifred xenia yasmin yolanda yvette yvonne zainab zara zoe zoë
    abby adrienne afua agnieszka aliyah amal amber amira amara anika anjali annabelle antoinette anya
    ariel aretha astrid ayesha aziza beatriz bella bertha bettina blanche bobbie brooke bryony callie
    candace carly carolina catalina cate chandra chantal charlene cher ciara claudette coral corinne
    dagmar damaris daria darcy deanna delilah dina dionne dolly dominique dorothea edwina eliza elspeth
    emmanuelle ester estelle ethel eunice farah fatoumata fern fleur fran francine frida gaynor gemma
    geri germaine gerda greer gwyneth hadiza halima hanna hattie haruka hermione hester hildegard honor
    ilana imelda imani indira inez iona isadora ivana jada jaclyn jamila janelle janine jeanne jenna
    jenny joann joelle jolene josie josefa juliette kamila kara karina kate kathie katja kaya keira
    kerstin khadija kiera kirsty kylie lana larissa latasha laverne leanne lenore libby lila lilian lina
    lindsay liz liza lois lola lorena lori lottie lourdes luciana luz lynn lynne mabel mackenzie maeve
    maia malia mara marcella margaux margery mariana maribel marisa marissa marla maryam mathilde maude
    maura maya meera melody mia mimi minnie moira mona mollie nadia nanette nerys nerissa nia nicolette
    nika nikki nisha noor nyasha odile oksana oona paloma parveen pascale patience patty perpetua petra
    philippa pia polly portia prudence queenie rana rania raquel reba rhoda rina robyn romola rosalie
    rosario rosetta rosie rowena roxana sadie safiya salma saskia sawsan selena shania shauna sheena
    shona shreya siobhan sienna simona sinead soledad sophy svetlana tabitha talia tammy tara tasha
    tatjana thandie thea thora tracey tracy trina trish trudy tuesday una unity vera verity vicky
    vivienne wangari winnie yara yasmine yesenia yoko ysabel yuki zadie zelda zuzana""".split()
)

MEN_IN_FRENCH = frozenset(
    """driss gaspard momo jean pierre paul jacques michel alain philippe bernard andré daniel gérard
    patrick christian françois laurent nicolas thierry christophe éric eric stéphane frédéric david
    pascal olivier bruno vincent julien thomas alexandre sébastien guillaume antoine maxime benjamin
    mathieu matthieu romain clément hugo lucas léo louis jules arthur gabriel raphaël raphael adam
    nathan théo theo enzo tom noah ethan mathis maël mael yann yannick loïc loic gwenaël ronan erwan
    tanguy malo titouan corentin hervé gilles serge rené roger marcel robert henri georges maurice
    raymond lucien émile emile fernand gaston léon leon albert charles eugène édouard edouard joseph
    marc luc denis didier dominique fabrice fabien franck xavier yves yvon yvan tristan idriss omar
    samir karim mehdi mohamed mohammed mamadou moussa ibrahim amadou ousmane cheikh abdou youssef rachid
    farid nabil hakim malik bilal yanis sofiane ali hassan ahmed mustapha kamel kader bakary souleymane
    boubacar salif aurélien aurelien adrien baptiste quentin florian kévin kevin jérôme jerome jérémy
    jeremy grégory gregory cédric cedric ludovic arnaud benoît benoit bertrand damien emmanuel étienne
    etienne fabian félix felix gaël gael gauthier gautier geoffroy gustave hector hubert ismaël jonathan
    joël joel lionel lilian marius martin norbert pierrick régis remi rémi rémy robin roland rodolphe
    samuel simon sylvain teddy tony valentin victor walter william achille aimé alban alexis alphonse
    amaury ambroise anatole ange anselme armand auguste augustin aymeric bastien blaise cyril cyrille
    cyprien donatien édmond edmond elias eliott fernando florent gérald ghislain gildas guy hamza
    hilaire honoré hyacinthe ignace isidore ivan joachim jocelyn josselin kylian lazare léonard léopold
    lorenzo marceau marin mathurin matteo melchior nestor octave oscar pablo pacôme philibert prosper
    raoul renaud richard roch rolland ruben salomon sacha sami sylvestre thibault thibaut thibaud
    timothée tiago tidiane toussaint ulysse urbain valère virgile wilfried yohan yohann yoann zacharie
    zinedine bakari koffi kofi aristide désiré dieudonné barthélemy lambert""".split()
)
"""Names as French news prints them; they outweigh the others: Laurence, Ange."""

WOMEN_IN_FRENCH = frozenset(
    """marie jeanne françoise monique catherine nathalie isabelle sylvie anne valérie valerie martine
    nicole christine sandrine véronique veronique céline celine sophie aurélie aurelie julie stéphanie
    stephanie émilie emilie caroline laetitia laëtitia élodie elodie virginie sandra audrey mélanie
    melanie delphine karine corinne patricia chantal brigitte jacqueline danielle danièle michèle
    michele michelle annie josiane colette odette simone yvette ginette paulette denise suzanne lucette
    germaine geneviève genevieve hélène helene florence laurence pascale agnès agnes cécile cecile
    claire élisabeth elisabeth béatrice beatrice bérénice muriel séverine severine sabrina samia nadia
    fatima fatou aminata aïcha aicha amel amina inès ines leïla leila yasmine myriam nora rachida zineb
    samira farida latifa malika khadija mariam mariama awa bintou oumou rokhaya sarah léa lea emma chloé
    chloe manon camille jade louise alice lola lina mila anna eva éva zoé zoe juliette romane mathilde
    marion pauline charlotte margaux margot justine morgane maëlle maelle solène solene gwenaëlle
    gwenaelle rozenn nolwenn enora lénaïg ludivine aurore capucine clémence clemence constance coralie
    cynthia daphné édith edith églantine éléonore eleonore élise elise éloïse eloise estelle esther
    eugénie eve ève fabienne fanny flavie flore gaëlle gaelle georgette ghislaine gisèle gisele héloïse
    heloise henriette hortense irène irene jocelyne joëlle josette josephine joséphine judith julia
    juliana laura laure léonie lisa lise lorraine louisa lucie lucienne lydie lydia madeleine magali
    marguerite marianne marielle marine marlène maryse maud mireille mona nadège nadege nadine nina
    noémie noemie océane ophélie ophelie perrine raymonde rebecca régine renée roxane roselyne rose
    sabine salomé ségolène segolene sidonie solange sonia sylviane tatiana thérèse therese tiphaine
    valentine vanessa victoire victoria violette viviane yolande yvonne zélie adèle adele agathe albane
    alexandra alix amandine amélie amelie anaïs anais andrée angèle angélique apolline ariane armelle
    astrid axelle barbara bénédicte bernadette blandine blanche carine carole cassandre célia célestine
    charlène christelle clara clarisse clotilde cosette garance gabrielle hanane houria ilona imane
    ingrid iris isaure jamila jessica karima""".split()
)


@cache
def gender_of_given(name: str) -> int:
    """Return 1 for a man's given name, -1 for a woman's, 0 for what is neither; the first of a double one.

    For texts in French, and in languages that have no list of their own.
    """
    first = re.split("[ -]", name.lower())[0]
    french = (first in MEN_IN_FRENCH) - (first in WOMEN_IN_FRENCH)
    known = first in MEN_IN_FRENCH or first in WOMEN_IN_FRENCH
    return french if known else (first in MEN) - (first in WOMEN)
