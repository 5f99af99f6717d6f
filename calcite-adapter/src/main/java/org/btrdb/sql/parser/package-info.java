/**
 * The dialect: text to syntax tree, and nothing else.
 *
 * <p>The grammar is Calcite's own template with a few additions ({@code src/main/codegen}), made
 * into {@code generated} by the build. {@link org.btrdb.sql.parser.DialectTokens} stands between
 * its scanner and its parser and settles which keywords are meant as names. What names and types
 * mean, and whether a statement makes sense, is not decided here.
 */
@NullMarked
package org.btrdb.sql.parser;

import org.jspecify.annotations.NullMarked;
