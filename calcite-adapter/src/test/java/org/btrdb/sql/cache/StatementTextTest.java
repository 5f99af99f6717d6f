package org.btrdb.sql.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.btrdb.sql.parser.generated.BtrdbSqlParserConstants.DQID;
import static org.btrdb.sql.parser.generated.BtrdbSqlParserConstants.EOF;
import static org.btrdb.sql.parser.generated.BtrdbSqlParserConstants.QUOTED_STRING;
import static org.btrdb.sql.parser.generated.BtrdbSqlParserConstants.UNSIGNED_INTEGER_LITERAL;

import java.io.StringReader;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.btrdb.sql.parser.generated.BtrdbSqlParserTokenManager;
import org.btrdb.sql.parser.generated.SimpleCharStream;
import org.btrdb.sql.parser.generated.Token;
import org.btrdb.sql.parser.generated.TokenMgrError;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StatementTextTest {
  private static final long SEED = Long.getLong("seed", new Random().nextLong());

  private static final List<String> PIECES =
      List.of(
          "'",
          "'",
          "''",
          "\"",
          "--",
          "//",
          "/*",
          "*/",
          "/*+",
          "-",
          "/",
          "*",
          ".",
          "0",
          "12",
          "7e5",
          "2e-3",
          "4.5E+",
          "1.5",
          "a",
          "x1",
          "N",
          "U&",
          "_latin1",
          "TIMESTAMP",
          " ",
          " ",
          "\n",
          "\r",
          "\r\n",
          "\t",
          "(",
          ")",
          ",",
          "=",
          "<",
          "é",
          "$",
          "#",
          "@",
          "[",
          "{ts ",
          "}",
          ";",
          "::",
          "é9",
          "`");

  /** A literal that is its own text. */
  private enum AsWritten implements LiteralForm {
    FORM;

    @Override
    public @Nullable Object value(String text) {
      return text.isEmpty() ? null : text;
    }

    @Override
    public Object identity(String text) {
      return text;
    }
  }

  private static StatementText of(String sql) {
    return Objects.requireNonNull(StatementText.of(sql), sql);
  }

  private static List<String> literals(String sql) {
    return of(sql).literals().stream().map(StatementText.Literal::text).toList();
  }

  @Test
  void stringsAndWholeNumbersAreTakenOut() {
    StatementText text = of("SELECT 'a', 12 FROM t WHERE x = 'it''s' AND y<7");
    assertThat(text.shape()).isEqualTo("SELECT '', 0 FROM t WHERE x = '' AND y<0");
    assertThat(text.literals().stream().map(StatementText.Literal::text))
        .containsExactly("a", "12", "it''s", "7");
  }

  @Test
  void otherTextStays() {
    assertThat(literals("SELECT \"it's 7\" -- don't 8\n, /* 'b' 9 */ t1, _9 FROM \"a\"\"'\".s2"))
        .isEmpty();
    assertThat(
            literals(
                "SELECT 1.5, .5, 1e5, 1e-5, 2.5E+7, .5e-1, 0x1F, N'a', U&'b', X'AB', _latin1'c'"))
        .isEmpty();
  }

  @Test
  void whatDoesNotEndOrIsAHintIsLeft() {
    assertThat(StatementText.of("SELECT 'a")).isNull();
    assertThat(StatementText.of("SELECT \"a")).isNull();
    assertThat(StatementText.of("SELECT 1 /* a")).isNull();
    assertThat(StatementText.of("SELECT /*+ h('a') */ 1")).isNull();
    assertThat(StatementText.of("SELECT /***/ 1 /* 'a' */")).isNull();
    assertThat(StatementText.of("SELECT _latin1--é''\n, 1")).isNull();
  }

  @Test
  void aTemplateKeepsWhatIsNotLifted() {
    assertThat(
            of("a = 'x' AND b = 'y' AND c = 3")
                .template(
                    List.of(
                        new LiftedLiteral(0, AsWritten.FORM),
                        new LiftedLiteral(2, AsWritten.FORM))))
        .isEqualTo("a = '' AND b = 'y' AND c = 0");
  }

  /** Whatever is taken out is one token for the dialect's scanner, at that place. */
  @Test
  void theScannerAgrees() {
    Random random = new Random(SEED);
    int agreed = 0;
    for (int i = 0; i < Integer.getInteger("texts", 50_000); i++) {
      StringBuilder sql = new StringBuilder();
      int pieces = 1 + random.nextInt(14);
      for (int p = 0; p < pieces; p++) {
        sql.append(PIECES.get(random.nextInt(PIECES.size())));
      }
      Set<String> tokens = tokens(sql.toString());
      StatementText text = StatementText.of(sql.toString());
      if (tokens == null || text == null) {
        continue;
      }
      for (StatementText.Literal literal : text.literals()) {
        agreed++;
        String found = literal.start() + " " + sql.substring(literal.start(), literal.end());
        assertThat(tokens).as("%s (seed %d)", sql, SEED).contains(found);
      }
      StatementText again = of(text.shape());
      assertThat(again.shape()).as("%s (seed %d)", sql, SEED).isEqualTo(text.shape());
      assertThat(again.literals()).hasSameSizeAs(text.literals());
    }
    assertThat(agreed).isGreaterThan(2_000);
  }

  private static int[] lineStarts(String sql) {
    int[] starts = new int[sql.length() + 1];
    int lines = 1;
    for (int i = 0; i < sql.length(); i++) {
      boolean pair = sql.startsWith("\r\n", i);
      if (sql.charAt(i) == '\n' || (sql.charAt(i) == '\r' && !pair)) {
        starts[lines++] = i + 1;
      }
    }
    return starts;
  }

  /** Strings and whole numbers with their places; null if the text is no tokens. */
  private static @Nullable Set<String> tokens(String sql) {
    int[] lineStarts = lineStarts(sql);
    BtrdbSqlParserTokenManager scanner = new BtrdbSqlParserTokenManager(new Characters(sql));
    scanner.SwitchTo(DQID);
    Set<String> tokens = new HashSet<>();
    try {
      for (Token t = scanner.getNextToken(); t.kind != EOF; t = scanner.getNextToken()) {
        if (t.kind == QUOTED_STRING || t.kind == UNSIGNED_INTEGER_LITERAL) {
          tokens.add((lineStarts[t.beginLine - 1] + t.beginColumn - 1) + " " + t.image);
        }
      }
    } catch (TokenMgrError e) {
      return null;
    }
    return tokens;
  }

  /** As Calcite's parser counts columns. */
  private static final class Characters extends SimpleCharStream {
    Characters(String sql) {
      super(new StringReader(sql), 1, 1);
      setTabSize(1);
    }
  }
}
