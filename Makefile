# Les deux commandes du nouveau venu : make site, make test. `make` seul les affiche.
SHELL := /bin/bash
STAMP := assets/node_modules/.installed
GO := go
FUZZTIME ?= 10s
# Le programme dit dans les pages de quelle révision viennent les chiffres, là où l’histoire des sources est connue.
VCS := $(shell git rev-parse HEAD >/dev/null 2>&1 && echo auto || echo false)
ATLAS := .cache/atlas

.PHONY: help site serve test vet browser demo bench fuzz audit lighthouse screenshots clean

help: ## affiche cette aide
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

site: $(STAMP) ## installe le nécessaire et écrit l’atlas de démonstration dans public/
	$(GO) build -buildvcs=$(VCS) -o $(ATLAS) ./cmd/atlas
	$(ATLAS) build

serve: $(STAMP) ## montre le site et le reconstruit à chaque changement
	$(GO) build -buildvcs=$(VCS) -o $(ATLAS) ./cmd/atlas
	$(ATLAS) serve

test: $(STAMP) browser vet ## installe le nécessaire et passe tous les tests
	$(GO) test -timeout 45m ./...

vet:
	@found=$$(gofmt -l cmd internal); test -z "$$found" || { echo "gofmt changerait : $$found" >&2; exit 1; }
	$(GO) vet ./...

browser:
	@.ci/browser

demo: ## récrit les éditions de démonstration
	$(GO) run ./cmd/atlas demo data/editions

bench: $(STAMP) ## mesure la lecture, le calcul et la construction
	$(GO) test -run '^$$' -bench . -benchmem ./...

fuzz: ## cherche des entrées qui font tomber les lecteurs (FUZZTIME=10s par cible)
	@.ci/fuzz $(FUZZTIME)

audit: ## cherche les vulnérabilités connues des dépendances, et dit ce qui n’a pu être vérifié
	@.ci/audit

lighthouse: $(STAMP) browser ## note les pages principales avec Lighthouse, qu’il installe dans .cache (190 Mo)
	@.ci/lighthouse
	$(GO) test ./internal/browser -count=1 -v -run TestLighthouse -lighthouse $(CURDIR)/.cache/lighthouse

screenshots: $(STAMP) browser ## photographie chaque genre de page, large et étroite, et l’image du README
	$(GO) test ./internal/browser -count=1 -run TestScreenshots -screenshots $(CURDIR)/.cache/screenshots
	cp .cache/screenshots/capture-accueil.png assets/img/

clean: ## retire ce qui se refait
	rm -rf public .public.* .cache assets/node_modules

# Les paquets de l’interface, tels que le verrou les fixe ; refaits quand il change.
$(STAMP): assets/package.json assets/package-lock.json
	@command -v node >/dev/null && command -v npm >/dev/null || { echo 'Node 20 ou plus récent est nécessaire (paquets Debian nodejs et npm)' >&2; exit 1; }
	npm ci --ignore-scripts --no-audit --no-fund --prefix assets
	@touch $@
