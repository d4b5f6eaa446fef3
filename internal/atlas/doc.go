// Package atlas is the vocabulary of the atlas: territories, editions, projects,
// ESSMS, and the values computed from them. It does no input or output and
// knows no file format; every other package speaks in its terms.
//
// Glossary, French to English:
//
//	ESSMS            ESSMS      a social or medico-social establishment or service, one FINESS number
//	projet           Project    what is financed, by one ARS (régional) or by CNSA (national)
//	ligne ESSMS      Link       an ESSMS in a project: one row of sheet ESSMS
//	portée           Scope      regional or national
//	champ            Field      the public served: PA, PH, DOMICILE, PE, PDS, AHI, PJM, AUTRE
//	statut           LegalStatus public, private non-profit, private for-profit
//	parc             Fleet      the ESSMS that exist, financed or not
//	candidatures     Application applications deposited and selected
//	enveloppe        Envelope   the credits given to an ARS for a year
//	date d'arrêt     DataState  the day whose state an edition describes
package atlas
