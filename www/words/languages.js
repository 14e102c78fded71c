// The languages other than English that the page speaks: each has its catalogue beside this file, which maps the
// English template to its translation and is asked for only by a page in that language.

export const LANGUAGES = ['de'];
