"""Names, towns and streets to invent people from: several origins, frequencies with a heavy tail."""

from __future__ import annotations

from random import Random

__all__ = ["STREETS", "TOWNS", "Origin", "pick_name", "pick_town"]

Origin = str

# Origin: its share of people, given names, family names; the common ones first.
_ORIGINS: dict[Origin, tuple[float, str, str]] = {
    "british": (
        0.55,
        (
            "James David John Sarah Emma Michael Daniel Laura Thomas Amy Matthew Rebecca Andrew Charlotte Ryan "
            "Hannah Joshua Jessica Luke Sophie Adam Lauren Benjamin Gemma Jack Megan Samuel Natalie Robert Kirsty "
            "Peter Heather Oliver Holly Stephen Claire George Abigail Mark Bethany Lewis Naomi Craig Imogen Elliot "
            "Rhiannon Callum Elen Gareth Rhys Owen Amelia Harriet Toby Duncan Isla Fergus Morag Dylan Bronwen"
        ),
        (
            "Smith Jones Taylor Brown Williams Wilson Davies Johnson Roberts Walker Wright Robinson Thompson White "
            "Hughes Edwards Green Hall Wood Harris Lewis Martin Jackson Clarke Turner Hill Scott Cooper Morris Ward "
            "Moore King Watson Baker Harrison Morgan Campbell Fraser Stewart Murray Reid Bell Shaw Murphy Ellis "
            "Griffiths Price Owen Thackeray Ashdown Birtwhistle Colclough Drinkwater Entwistle Fairweather Garside "
            "Hathersage Illingworth Jessop Kitchener Lockwood Maddocks Netherton Oldroyd Penhallow Quayle Rainford "
            "Satterthwaite Tunnicliffe Umpleby Varley Wetherall Yelland Bracegirdle Cheeseman Dimmock Eccleshall "
            "Furnival Gaukroger Hebblethwaite Inskip"
        ),
    ),
    "irish": (
        0.06,
        "Sean Aoife Conor Niamh Ciaran Siobhan Declan Orla Eoin Roisin",
        "Kelly Byrne Ryan Doyle Walsh McCarthy Gallagher Doherty Kennedy Quinn Moran Brannigan",
    ),
    "south-asian": (
        0.14,
        (
            "Mohammed Priya Imran Aisha Arjun Fatima Amit Zainab Harpreet Nadia Rajesh Sana Bilal Anjali Usman "
            "Meera Tariq Deepa Gurdeep Farah Vikram Samina Kiran Rukhsana"
        ),
        (
            "Khan Patel Singh Ahmed Hussain Begum Kaur Ali Shah Sharma Malik Chowdhury Iqbal Mistry Gill Rahman "
            "Sandhu Bhatt Mahmood Desai Rao Siddiqui Venkataraman Kulkarni Qureshi Dhillon"
        ),
    ),
    "african": (
        0.07,
        "Chidi Abena Kwame Ngozi Tunde Amina Emeka Yaa Ibrahim Folake Kofi Halima Dominic Tendai",
        (
            "Okafor Mensah Adeyemi Boateng Eze Abdi Asante Osei Balogun Nwosu Warsame Moyo Ogunleye Sesay Dlamini "
            "Tembo Agyeman"
        ),
    ),
    "eastern-european": (
        0.08,
        "Piotr Anna Tomasz Katarzyna Andrei Marta Ionut Elena Jakub Oksana Marek Daniela Vasile Zofia",
        (
            "Kowalski Nowak Popescu Wisniewski Ionescu Zielinski Kaminski Popa Horvat Novotny Szabo Petrov "
            "Kowalczyk Dumitru Shevchenko Jankowska Bartos Zielonka"
        ),
    ),
    "east-asian": (
        0.03,
        "Wei Mei Jun Ling Hao Yuki Minh Linh",
        "Chen Wong Li Nguyen Zhang Lam Tran Cheung Tanaka Kwok",
    ),
    "turkish-arabic": (
        0.04,
        "Mehmet Leyla Omar Yasmin Emre Layla Karim Elif Hassan Rania",
        "Yilmaz Demir Hassan Haddad Kaya Mansour Saleh Aydin Khoury Sahin",
    ),
    "southern-european": (
        0.03,
        "Marco Sofia Joao Lucia Matteo Carla Rui Ines",
        "Silva Rossi Garcia Santos Ferreira Russo Costa Lopez Marino Almeida",
    ),
}
# Somebody may have a given name of another origin than the family name.
_MIXED = 0.06

# Town, district of its postcodes; the larger first.
TOWNS: tuple[tuple[str, str], ...] = (
    ("Leeds", "LS7"), ("Sheffield", "S8"), ("Bristol", "BS5"), ("Leicester", "LE3"), ("Nottingham", "NG6"),
    ("Cardiff", "CF14"), ("Coventry", "CV5"), ("Bradford", "BD9"), ("Stockport", "SK4"), ("Swansea", "SA2"),
    ("Norwich", "NR3"), ("Ipswich", "IP4"), ("Exeter", "EX4"), ("Gloucester", "GL4"), ("Preston", "PR2"),
    ("Durham", "DH1"), ("Lincoln", "LN2"), ("Carlisle", "CA2"), ("Wrexham", "LL13"), ("Taunton", "TA2"),
    ("Scarborough", "YO12"), ("Hexham", "NE46"), ("Kettering", "NN16"), ("Barnstaple", "EX32"),
    ("Whitby", "YO21"), ("Ludlow", "SY8"), ("Kendal", "LA9"), ("Louth", "LN11"), ("Oswestry", "SY11"),
    ("Thetford", "IP24"), ("Keswick", "CA12"), ("Penrith", "CA11"),
)  # fmt: skip

_STREET_FIRST = [
    "Alder",
    "Bramble",
    "Candle",
    "Drover",
    "Elder",
    "Fennel",
    "Gorse",
    "Hazel",
    "Iron",
    "Juniper",
    "Kiln",
    "Larch",
    "Mallow",
    "Nettle",
    "Orchard",
    "Plover",
    "Quarry",
    "Rowan",
    "Saffron",
    "Teasel",
    "Umber",
    "Vetch",
    "Willow",
    "Yarrow",
]
_STREET_LAST = ["Street", "Road", "Lane", "Close", "Avenue", "Terrace", "Drive", "Court", "Row", "Way"]
STREETS: tuple[str, ...] = tuple(f"{first} {last}" for first in _STREET_FIRST for last in _STREET_LAST)


def _falling(count: int, *, power: float) -> list[float]:
    """Weights that fall with the rank as a power law, which names do."""
    return [(rank + 2.0) ** -power for rank in range(count)]


_GIVEN = {origin: given.split() for origin, (_, given, _) in _ORIGINS.items()}
_FAMILY = {origin: family.split() for origin, (_, _, family) in _ORIGINS.items()}
_SHARES = [share for share, _, _ in _ORIGINS.values()]


def pick_name(rng: Random) -> tuple[str, str]:
    """A given name and a family name."""
    origins = list(_ORIGINS)
    origin = rng.choices(origins, _SHARES)[0]
    other = rng.choices(origins, _SHARES)[0] if rng.random() < _MIXED else origin
    given, family = _GIVEN[other], _FAMILY[origin]
    return (
        rng.choices(given, _falling(len(given), power=0.7))[0],
        rng.choices(family, _falling(len(family), power=0.9))[0],
    )


def pick_town(rng: Random) -> tuple[str, str]:
    """A town and the district that its postcodes begin with."""
    return rng.choices(TOWNS, _falling(len(TOWNS), power=0.8))[0]
