//! The same site for Hugo: pages with contents, lists by kind, Center and year of a hundred each, a feed.

use crate::failure::Failure;
use crate::files;
use std::path::Path;

const CONFIG: &str = r#"baseURL = "https://portal.example/"
title = "Benchmark"
uglyURLs = true
disableKinds = []
[taxonomies]
center = "centers"
year = "years"
[pagination]
pagerSize = 100
"#;

const BASE: &str = r#"<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title>
<link rel="canonical" href="{{ .Permalink }}"></head><body>
<header><a href="/">{{ site.Title }}</a><nav><ul><li><a href="/rulings.html">Rulings</a></li><li><a href="/decisions.html">Decisions</a></li><li><a href="/publications.html">Publications</a></li></ul></nav></header>
<main>{{ block "main" . }}{{ end }}</main>
<footer><ul>{{ range site.Taxonomies.centers.Alphabetical }}<li><a href="{{ .Page.RelPermalink }}">{{ .Page.Title }}</a></li>{{ end }}</ul></footer>
</body></html>"#;

const SINGLE: &str = r#"{{ define "main" }}<h1>{{ .Title }}</h1>
<dl><dt>Date</dt><dd>{{ .Date.Format "January 2, 2006" }}</dd><dt>HTS</dt><dd>{{ delimit .Params.hts ", " }}</dd></dl>
{{ .TableOfContents }}{{ .Content }}{{ end }}"#;

const LIST: &str = r#"{{ define "main" }}<h1>{{ .Title }}</h1><ul>
{{ range .Paginator.Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> <time>{{ .Date.Format "January 2, 2006" }}</time></li>{{ end }}
</ul>{{ with .Paginator.Next }}<a href="{{ .URL }}">Older</a>{{ end }}{{ end }}"#;

pub(super) fn write_theme(site: &Path) -> Result<(), Failure> {
    files::write(&site.join("hugo.toml"), CONFIG)?;
    files::write(&site.join("layouts/_default/baseof.html"), BASE)?;
    files::write(&site.join("layouts/_default/single.html"), SINGLE)?;
    files::write(&site.join("layouts/_default/list.html"), LIST)
}
