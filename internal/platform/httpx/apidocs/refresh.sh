#!/bin/sh
# Fetches the pages' libraries anew from npm: sh refresh.sh. To upgrade, change the versions, run
# it, and look at both pages in a browser with the network off.
set -eu
swagger=5.35.0
redoc=2.5.4

cd "$(dirname "$0")/assets"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fetch() { # package, version
	(cd "$work" && npm pack --silent "$1@$2" >/dev/null && mkdir "$1" && tar xzf "$1-$2.tgz" -C "$1" --strip-components=1)
}

fetch swagger-ui-dist "$swagger"
for f in swagger-ui.css swagger-ui-bundle.js; do
	# The source maps are not here: do not ask for them.
	sed '/^\/[/*]# sourceMappingURL=/d' "$work/swagger-ui-dist/$f" | gzip -9n >"$f.gz"
done
gzip -9nc "$work/swagger-ui-dist/favicon-32x32.png" >favicon-32x32.png.gz
cp "$work/swagger-ui-dist/LICENSE" swagger-ui.LICENSE
cp "$work/swagger-ui-dist/NOTICE" swagger-ui.NOTICE
cp "$work/swagger-ui-dist/swagger-ui-bundle.js.LICENSE.txt" swagger-ui-bundle.LICENSE

fetch redoc "$redoc"
# ReDoc shows a logo from its makers' server: an empty picture instead, so that nothing is asked of
# anybody else.
sed -e 's|https://cdn\.redoc\.ly/redoc/logo-mini\.svg|data:image/gif;base64,R0lGODlhAQABAAAAACw=|g' \
	-e '/^\/\/# sourceMappingURL=/d' "$work/redoc/bundles/redoc.standalone.js" | gzip -9n >redoc.standalone.js.gz
cp "$work/redoc/LICENSE" redoc.LICENSE
cp "$work/redoc/bundles/redoc.standalone.js.LICENSE.txt" redoc.standalone.LICENSE
