package org.btrdb.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlAbstractParserImpl;
import org.apache.calcite.sql.parser.SqlParser;
import org.btrdb.sql.parser.BtrdbParser;
import org.btrdb.sql.parser.SqlSyntaxException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The keywords that the driver tells of are those that its parser has. */
class SqlKeywordsTest {

  /** The reserved words of SQL:2003, which callers know of themselves. */
  private static final Set<String> SQL_2003 =
      Arrays.stream(
              """
              ADD ALL ALLOCATE ALTER AND ANY ARE ARRAY AS ASENSITIVE ASYMMETRIC AT ATOMIC
              AUTHORIZATION BEGIN BETWEEN BIGINT BINARY BLOB BOOLEAN BOTH BY CALL CALLED CASCADED
              CASE CAST CHAR CHARACTER CHECK CLOB CLOSE COLLATE COLUMN COMMIT CONDITION CONNECT
              CONSTRAINT CONTINUE CORRESPONDING CREATE CROSS CUBE CURRENT CURRENT_DATE
              CURRENT_DEFAULT_TRANSFORM_GROUP CURRENT_PATH CURRENT_ROLE CURRENT_TIME
              CURRENT_TIMESTAMP CURRENT_TRANSFORM_GROUP_FOR_TYPE CURRENT_USER CURSOR CYCLE DATE DAY
              DEALLOCATE DEC DECIMAL DECLARE DEFAULT DELETE DEREF DESCRIBE DETERMINISTIC DISCONNECT
              DISTINCT DO DOUBLE DROP DYNAMIC EACH ELEMENT ELSE ELSEIF END ESCAPE EXCEPT EXEC
              EXECUTE EXISTS EXIT EXTERNAL FALSE FETCH FILTER FLOAT FOR FOREIGN FREE FROM FULL
              FUNCTION GET GLOBAL GRANT GROUP GROUPING HANDLER HAVING HOLD HOUR IDENTITY IF
              IMMEDIATE IN INDICATOR INNER INOUT INPUT INSENSITIVE INSERT INT INTEGER INTERSECT
              INTERVAL INTO IS ITERATE JOIN LANGUAGE LARGE LATERAL LEADING LEAVE LEFT LIKE LOCAL
              LOCALTIME LOCALTIMESTAMP LOOP MATCH MEMBER MERGE METHOD MINUTE MODIFIES MODULE MONTH
              MULTISET NATIONAL NATURAL NCHAR NCLOB NEW NO NONE NOT NULL NUMERIC OF OLD ON ONLY OPEN
              OR ORDER OUT OUTER OUTPUT OVER OVERLAPS PARAMETER PARTITION PRECISION PREPARE PRIMARY
              PROCEDURE RANGE READS REAL RECURSIVE REF REFERENCES REFERENCING RELEASE REPEAT
              RESIGNAL RESULT RETURN RETURNS REVOKE RIGHT ROLLBACK ROLLUP ROW ROWS SAVEPOINT SCOPE
              SCROLL SEARCH SECOND SELECT SENSITIVE SESSION_USER SET SIGNAL SIMILAR SMALLINT SOME
              SPECIFIC SPECIFICTYPE SQL SQLEXCEPTION SQLSTATE SQLWARNING START STATIC SUBMULTISET
              SYMMETRIC SYSTEM SYSTEM_USER TABLE TABLESAMPLE THEN TIME TIMESTAMP TIMEZONE_HOUR
              TIMEZONE_MINUTE TO TRAILING TRANSLATION TREAT TRIGGER TRUE UNDO UNION UNIQUE UNKNOWN
              UNNEST UNTIL UPDATE USER USING VALUE VALUES VARCHAR VARYING WHEN WHENEVER WHERE WHILE
              WINDOW WITH WITHIN WITHOUT YEAR
              """
                  .strip()
                  .split("\\s+"))
          .collect(Collectors.toUnmodifiableSet());

  private static @Nullable SqlSelect select(String sql) {
    try {
      return BtrdbParser.parse(sql) instanceof SqlSelect select ? select : null;
    } catch (SqlSyntaxException e) {
      return null;
    }
  }

  private static boolean isName(@Nullable SqlNode node, String word) {
    return node instanceof SqlIdentifier name && name.names.equals(List.of(word));
  }

  /** Whether a word can stand without quotes for a column and for a table. */
  private static boolean isName(String word) {
    SqlSelect column = select("SELECT " + word + " FROM t WHERE " + word + " > 1 GROUP BY " + word);
    SqlSelect table = select("SELECT 1 FROM " + word);
    return column != null
        && isName(column.getSelectList().get(0), word)
        && table != null
        && isName(table.getFrom(), word);
  }

  @Test
  void keywordsAreTheParsersBesidesThoseOfSql2003() throws Exception {
    Set<String> expected = new TreeSet<>();
    SqlAbstractParserImpl.Metadata parser = SqlParser.create("", BtrdbParser.CONFIG).getMetadata();
    for (String token : parser.getTokens()) {
      if (token.matches("[A-Z][A-Z0-9_]*") && parser.isKeyword(token)) {
        if (!SQL_2003.contains(token) && !isName(token)) {
          expected.add(token);
        }
      }
    }
    try (TestData data = new TestData();
        Connection connection = data.connect()) {
      String keywords = connection.getMetaData().getSQLKeywords();
      assertThat(keywords.split(",")).containsExactlyElementsOf(expected);
    }
  }

  /** What needs no quotes as a name here though other databases reserve it. */
  @Test
  void wordsOfStreamsAreNames() {
    for (String word :
        List.of("time", "value", "count", "min", "max", "mean", "name", "unit", "uuid")) {
      assertThat(isName(word)).as(word).isTrue();
    }
  }
}
