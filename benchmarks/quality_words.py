"""Words that the invented people of the quality benchmark are made of: names by origin, and handles.

A name is ``native:latin|other latin``; a name without a colon is written the same everywhere. Families
are stems crossed with endings, so that common ones are shared by many and most are rare.
"""

from __future__ import annotations

from itertools import product

from attrs import frozen

__all__ = ["HANDLE_WORDS", "NICKNAMES", "ORIGINS", "SYLLABLES", "Origin", "Spelled"]

Spelled = tuple[str, ...]
"""A name as its own script writes it, then its Latin spellings, the usual one first."""


@frozen
class Origin:
    """Names that go together.

    Attributes:
        share: Part of the population.
        script: Script of the native form.
        given: Given names, common ones first.
        family: Family names, common ones first.
    """

    share: float
    script: str
    given: tuple[Spelled, ...]
    family: tuple[Spelled, ...]


def _names(text: str) -> tuple[Spelled, ...]:
    found = []
    for word in text.split():
        native, colon, latin = word.partition(":")
        found.append((native, *latin.split("|")) if colon else (native, native))
    return tuple(found)


def _crossed(stems: str, endings: str) -> tuple[Spelled, ...]:
    """Every stem with every ending; Latin spellings pair up, the last one repeated."""
    made = []
    for ending, stem in product(_names(endings), _names(stems)):
        count = max(len(stem), len(ending)) - 1
        latin = [stem[min(i, len(stem) - 1)] + ending[min(i, len(ending) - 1)] for i in range(1, count + 1)]
        made.append((stem[0] + ending[0], *latin))
    return tuple(made)


_ENGLISH_GIVEN = _names(
    "James John David Michael Robert Thomas Daniel William Matthew Andrew Christopher Joseph Samuel Edward Benjamin "
    "Sarah Emma Laura Elizabeth Rebecca Katherine Jessica Charlotte Hannah Margaret Alexandra Victoria Jennifer "
    "Nicholas Richard Anthony Stephen Timothy Gregory Jonathan Patrick Philip Kenneth Ronald Lawrence Frederick "
    "Susan Deborah Patricia Christine Amanda Melissa Abigail Josephine Theodora Imogen Rosalind Gwendolyn Harriet "
    "Rupert Barnaby Leander Cosmo Ottilie Marigold Peregrine Isolde Lysander Tamsin Merrick Cordelia Fenton Orla "
    "Hamish Eilidh Rhys Carys Declan Niamh Callum Morag Alasdair Bronwen Idris Seren Fergus Sorcha Tristram Ailsa"
)
_ENGLISH_COMMON = _names(
    "Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker White Roberts "
    "Green Hall Wood Jackson Clarke Lewis Harris Clark Turner Hill Moore Cooper Ward Baker Morris King Watson "
    "Harrison Morgan Allen James Scott Phillips Parker Price Bennett Lee Young Griffiths Mitchell Kelly Cook Carter "
    "Richardson Bailey Collins Bell Shaw Murphy Miller Cox Khan Richards Marshall Simpson Anderson Ellis Adams"
)
_ENGLISH_RARE = _crossed(
    "Ash Bram Carl Dun East Fair Grim Hart Ing Kirk Lang Mar Nor Oak Pen Quill Rad Sel Thorn Ul Wal Whit Yar Brack Cald "
    "Dray Elm Fos Gar Hol Keld Lin Mel Net Orm Pick Ros Stan Tre Wen Wyn Blen Cros Dal Farn Gil Hes Kil Lum Mor",
    "ton ley ford field worth bury wick ham by well more combe wood stead thorpe den dale ridge shaw croft burn grave "
    "lock mere sley stow gate hurst land man nell pole rick side tree vale wright yard bank",
)

ORIGINS: dict[str, Origin] = {
    "English": Origin(0.66, "Latin", _ENGLISH_GIVEN, _ENGLISH_COMMON + _ENGLISH_RARE),
    "German": Origin(
        0.05, "Latin",
        _names("Thomas Jürgen:Jürgen|Juergen|Jurgen Stefan Günther:Günther|Guenther|Gunther Anna Katrin Björn:Björn|Bjoern|Bjorn Heike Uwe Käthe:Käthe|Kaethe|Kathe Sabine Rolf"),
        _names("Müller:Müller|Mueller|Muller Schmidt Weiß:Weiß|Weiss Schröder:Schröder|Schroeder|Schroder Köhler:Köhler|Koehler|Kohler")
        + _crossed("Berg Stein Wald Lind Eich Feld Rein Hof Kron Büch:Büch|Buech|Buch Grün:Grün|Gruen|Grun Vogel", "mann er ner hauer meier bauer wirth bach"),
    ),
    "Polish": Origin(
        0.05, "Latin",
        _names("Piotr Krzysztof Michał:Michał|Michal Łukasz:Łukasz|Lukasz Małgorzata:Małgorzata|Malgorzata Agnieszka Wojciech Paweł:Paweł|Pawel Ewa Zofia Jakub"),
        _crossed("Kowal Wiśn:Wiśn|Wisn Lewand Zieliń:Zieliń|Zielin Kamiń:Kamiń|Kamin Dąbrow:Dąbrow|Dabrow Jabłoń:Jabłoń|Jablon Pawl Grab Mazur Olsz", "ski owski ak czyk ewicz icki"),
    ),
    "Indian": Origin(
        0.07, "Latin",
        _names("Amit Priya Rahul Anjali Sanjay Deepa Vikram Lakshmi:Lakshmi|Laxmi Arjun Kavita Rajesh Sunita Krishna Meena Harpreet Gurpreet"),
        _names("Patel Singh Kumar Sharma Shah Gupta Reddy Iyer Nair Kaur Chaudhary:Chaudhary|Choudhury|Chowdhury Mukherjee:Mukherjee|Mukherji Banerjee:Banerjee|Banerji")
        + _crossed("Ven Raman Sub Chand Bhat Desh Kul Nara Pillai Mahal", "kar wal pande ani atta puri swamy"),
    ),
    "Russian": Origin(
        0.05, "Cyrillic",
        _names("Александр:Aleksandr|Alexander|Alexandr Сергей:Sergei|Sergey|Serhii Дмитрий:Dmitry|Dmitrii|Dmitri Алексей:Alexei|Aleksey|Alexey Юлия:Yulia|Julia|Iuliia Наталья:Natalia|Natalya Евгений:Evgeny|Yevgeny|Evgenii Татьяна:Tatiana|Tatyana Михаил:Mikhail|Michail Ольга:Olga Игорь:Igor Ксения:Ksenia|Xenia|Kseniya"),
        _crossed("Иван:Ivan Петр:Petr Смирн:Smirn Кузнец:Kuznets|Kuznetz Волк:Volk|Wolk Зайц:Zaits|Zaytz Жук:Zhuk|Juk Щерб:Shcherb|Scherb Хар:Khar|Har Чайк:Chaik|Tchaik Шульг:Shulg|Schulg Яков:Yakov|Iakov Рябин:Ryabin|Riabin Гриш:Grish Тал:Tal", "ов:ov|off ев:ev|yev ин:in ский:sky|skii|skij енко:enko чук:chuk"),
    ),
    "Arabic": Origin(
        0.06, "Arabic",
        _names("محمد:Mohammed|Muhammad|Mohamed أحمد:Ahmed|Ahmad علي:Ali حسين:Hussein|Husain|Hossein يوسف:Yusuf|Youssef|Yousuf فاطمة:Fatima|Fatma|Fatimah عمر:Omar|Umar خالد:Khalid|Khaled مريم:Maryam|Mariam ابراهيم:Ibrahim|Ebrahim حسن:Hassan|Hasan ليلى:Layla|Leila سعيد:Saeed|Said نور:Noor|Nur"),
        _names("علي:Ali حسن:Hassan|Hasan خان:Khan إبراهيم:Ibrahim المصري:Al-Masri|Elmasry الحسيني:Al-Husseini|Alhussaini العباسي:Al-Abbasi|Abbassi قاسم:Qasim|Kassem|Qasem رحمن:Rahman|Rehman صالح:Saleh|Salih حداد:Haddad نجار:Najjar|Najar الشامي:Al-Shami|Elshamy الخطيب:Al-Khatib|Khateeb منصور:Mansour|Mansur جابر:Jaber|Gaber ناصر:Nasser|Nasir طاهر:Taher|Tahir داود:Dawood|Daoud زيدان:Zidan|Zaydan"),
    ),
    "Greek": Origin(
        0.02, "Greek",
        _names("Γεώργιος:Georgios|George Ιωάννης:Ioannis|Yiannis Μαρία:Maria Ελένη:Eleni|Heleni Νικόλαος:Nikolaos|Nicholas Χρήστος:Christos|Hristos"),
        _crossed("Παπαδ:Papad Δημητρ:Dimitr Καραγιανν:Karagiann|Karayann Νικολ:Nikol Σταυρ:Stavr Αγγελ:Angel|Aggel", "όπουλος:opoulos ίδης:idis|ides άκης:akis|akes"),
    ),
    "Hebrew": Origin(
        0.01, "Hebrew",
        _names("דוד:David משה:Moshe|Moses יעקב:Yaakov|Jacob שרה:Sarah|Sara רחל:Rachel|Rahel אברהם:Avraham|Abraham מיכאל:Michael יוסף:Yosef|Joseph"),
        _names("כהן:Cohen|Kohen לוי:Levi|Levy מזרחי:Mizrahi|Mizrachi פרץ:Peretz|Perez ביטון:Biton|Bitton פרידמן:Friedman|Fridman שפירא:Shapira|Schapira גולדברג:Goldberg"),
    ),
    "Chinese": Origin(
        0.03, "Han",
        tuple((a[0] + b[0], f"{a[1]}{b[1].lower()}", f"{a[1]} {b[1]}") for a, b in product(
            _names("小:Xiao 文:Wen 志:Zhi 建:Jian 明:Ming 丽:Li 国:Guo 海:Hai"), _names("明:Ming 华:Hua 伟:Wei 芳:Fang 强:Qiang 军:Jun 燕:Yan 平:Ping"))),
        _names("王:Wang|Wong 李:Li|Lee 张:Zhang|Chang 刘:Liu|Lau 陈:Chen|Chan 杨:Yang 黄:Huang|Wong 赵:Zhao|Chao 吴:Wu 周:Zhou|Chow 徐:Xu|Hsu 孙:Sun 郭:Guo|Kuo 何:He|Ho 林:Lin|Lam"),
    ),
}  # fmt: skip

NICKNAMES: dict[str, tuple[str, ...]] = {
    pair.split(":")[0]: tuple(pair.split(":")[1].split("|"))
    for pair in (
        "James:Jim|Jimmy John:Jack|Johnny David:Dave Michael:Mike|Mick Robert:Bob|Rob|Bobby Thomas:Tom Daniel:Dan|Danny "
        "William:Bill|Will|Billy Matthew:Matt Andrew:Andy|Drew Christopher:Chris Joseph:Joe Samuel:Sam Edward:Ted|Ed "
        "Benjamin:Ben Elizabeth:Liz|Beth|Betty Rebecca:Becky Katherine:Kate|Kathy Jessica:Jess Margaret:Maggie|Peggy "
        "Alexandra:Alex|Sandra Victoria:Vicky Jennifer:Jenny Nicholas:Nick Richard:Dick|Rick Anthony:Tony Stephen:Steve "
        "Timothy:Tim Gregory:Greg Jonathan:Jon Patrick:Pat|Paddy Philip:Phil Kenneth:Ken Ronald:Ron Lawrence:Larry "
        "Frederick:Fred Susan:Sue Deborah:Debbie Patricia:Pat|Trish Christine:Chris|Tina Amanda:Mandy Melissa:Mel "
        "Abigail:Abby Josephine:Jo|Josie Theodora:Dora Charlotte:Lottie|Charlie Harriet:Hattie"
    ).split()
}

HANDLE_WORDS: tuple[str, ...] = tuple(
    "wolf dark storm raven night iron steel shadow king dragon hawk ghost wild red black silver thunder stone "
    "hunter eagle fox bear blue fire ice snow winter lone star moon sun sky rider runner gamer fan boy girl lad "
    "knight saxon viking celt norse druid templar legion patriot crow owl badger stag otter falcon viper cobra "
    "tiger lion panther shark whale salmon trout angler walker hiker biker driver pilot sailor captain major "
    "sergeant doctor baker smithy fletcher archer miller mason carter potter weaver tanner cooper sword axe hammer "
    "anvil forge shield spear arrow bow blade dagger flint ember ash oak birch rowan willow thorn bramble heather "
    "moss fern ivy holly hazel moor fen marsh glen dale vale cliff shore tide wave river brook lake pond rain mist "
    "fog cloud frost hail gale breeze dawn dusk noon ember spark blaze flame torch lamp candle mirror glass copper "
    "brass bronze silver golden amber jade pearl ruby onyx cobalt crimson scarlet azure violet indigo grey pixel "
    "byte code hack retro arcade turbo nitro diesel petrol piston gear rust chrome vinyl bass drum fiddle guitar "
    "rebel rogue bandit outlaw nomad pilgrim hermit monk jester joker ace duke baron earl squire yeoman reaver "
    "gunner lancer hussar dragoon chess poker dart snooker rugby cricket united city rovers albion wanderer".split()
)

SYLLABLES: tuple[str, ...] = tuple(
    "vor skal quil mer tar den zan kol bri fen gru hal jor kes lun mav nor pel rus sil tev ulm vex wyn yor zeb "
    "dra eth fal gim hov ith jal krav lor mun nes orv pim quo ril sab tol urk vin wex ya zor bel cad dov ela".split()
)
