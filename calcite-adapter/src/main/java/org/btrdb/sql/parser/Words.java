package org.btrdb.sql.parser;

import java.util.Set;

/** The keywords of Calcite's grammar that a rule of {@link NameRules} is about, by kind of rule. */
final class Words {
  /**
   * Reserved by the SQL standard, but needed by no rule of the grammar: either it has no use for
   * the word at all, or only allows it as a function's name, where a plain name does as well.
   */
  static final Set<String> ALWAYS_NAMES =
      set(
          // no use
          "ALLOCATE ARE ASENSITIVE AT ATOMIC AUTHORIZATION BEGIN BIT BLOB BTRDB_INSTANT CALLED",
          "CASCADED CHECK CLOB CLOSE COLUMN COMMIT CONDITION CONNECT CONSTRAINT CORR CORRESPONDING",
          "CYCLE DEALLOCATE DECLARE DEREF DETERMINISTIC DISCONNECT DYNAMIC EACH EXEC EXECUTE",
          "EXTERNAL FOREIGN FREE FUNCTION GET GLOBAL GRANT GROUPS HOLD IDENTITY IMPORT INDICATOR",
          "INITIAL INOUT INSENSITIVE LANGUAGE LARGE MATCHES METHOD MODIFIES MODULE NATIONAL NCHAR",
          "NCLOB NONE NORMALIZE OLD OMIT OPEN OUT PARAMETER PERCENT PORTION PREPARE PRIMARY",
          "PROCEDURE READS REF REFERENCES REFERENCING REGR_AVGX REGR_AVGY REGR_INTERCEPT REGR_R2",
          "REGR_SLOPE REGR_SXY RELEASE RESULT RETURN RETURNS REVOKE ROLLBACK SAVEPOINT SCOPE",
          "SCROLL SEARCH SEEK SENSITIVE SHOW SQL SQLSTATE START STATIC TREAT TRIGGER VALUE_OF",
          "VERSIONING WHENEVER WIDTH_BUCKET",
          // functions
          "ABS AVG CARDINALITY CHAR_LENGTH CHARACTER_LENGTH COALESCE COLLECT COUNT COVAR_POP",
          "COVAR_SAMP CUME_DIST DENSE_RANK ELEMENT EVERY EXP FIRST_VALUE FUSION INTERSECTION LAG",
          "LAST_VALUE LEAD LN LOWER MAX MIN MOD NTH_VALUE NTILE NULLIF OCTET_LENGTH PERCENT_RANK",
          "POWER RANK REGR_COUNT REGR_SXX REGR_SYY ROW_NUMBER SQRT STDDEV_POP STDDEV_SAMP SUM",
          "UPPER VAR_POP VAR_SAMP");

  /** Reserved words that also are units of time. */
  static final Set<String> UNITS = set("YEAR MONTH DAY HOUR MINUTE SECOND");

  /** Every word that can follow INTERVAL's value. */
  static final Set<String> ALL_UNITS =
      set(
          "YEAR YEARS QUARTER QUARTERS MONTH MONTHS WEEK WEEKS DAY DAYS HOUR HOURS",
          "MINUTE MINUTES SECOND SECONDS");

  /** Functions whose last argument is a unit. */
  static final Set<String> UNIT_LAST =
      set(
          "DATE_TRUNC TIME_TRUNC DATETIME_TRUNC TIMESTAMP_TRUNC DATE_DIFF TIME_DIFF",
          "DATETIME_DIFF TIMESTAMP_DIFF LAST_DAY");

  /** Functions whose first argument is a unit; EXTRACT's is followed by FROM. */
  static final Set<String> UNIT_FIRST = set("TIMESTAMPADD TIMESTAMPDIFF DATEADD DATEDIFF DATEPART");

  /** Type names that are reserved. */
  static final Set<String> TYPES = set("TIME TIMESTAMP DATE UUID INTERVAL");

  /** Keywords only in certain places, each by a rule of its own. */
  static final Set<String> IN_PLACES =
      set(
          "CURRENT END FILTER MEASURE OVER PARTITION PERIOD POSITION RANGE ROW ROWS STREAM SYSTEM",
          "VALUE VALUES WINDOW");

  /** Casts: inside their parentheses AS is followed by a type. */
  static final Set<String> CASTS = set("CAST TRY_CAST SAFE_CAST");

  /** Words before a parenthesis that are keywords with it, unless they are a new name. */
  static final Set<String> BEFORE_LISTS = set("POSITION PERIOD ROW VALUES");

  /** Keywords that an expression follows, so that END, a unit or a type cannot. */
  static final Set<String> BEFORE_OPERANDS =
      set(
          "ALL AND ANY AS ASYMMETRIC BETWEEN BY CASE DISTINCT ELSE ESCAPE EXISTS EXCEPT FETCH FROM",
          "FOR HAVING ILIKE IN INTERSECT INTERVAL INTO IS JOIN LATERAL LIKE LIMIT MATCH_CONDITION",
          "MINUS NOT OFFSET ON OR OVER QUALIFY RLIKE SELECT SET SIMILAR SOME STREAM SYMMETRIC",
          "TABLE THEN TO UNION USING VALUES WHEN WHERE WITH");

  /** Keywords that follow an expression and so cannot begin one. */
  static final Set<String> AFTER_OPERANDS = set("FROM AS WHERE IS IN NOT LIKE BETWEEN AND OR TO");

  private Words() {}

  private static Set<String> set(String... lines) {
    return Set.of(String.join(" ", lines).split(" "));
  }
}
