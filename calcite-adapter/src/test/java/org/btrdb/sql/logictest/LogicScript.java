package org.btrdb.sql.logictest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import net.hydromatic.sqllogictest.ISqlTestOperation;
import net.hydromatic.sqllogictest.OptionsParser;
import net.hydromatic.sqllogictest.SltSqlStatement;
import net.hydromatic.sqllogictest.SltTestFile;
import net.hydromatic.sqllogictest.SqlTestQuery;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.sql.PreparedSql;
import org.btrdb.sql.SessionOptions;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.SqlSession;
import org.btrdb.sql.row.RowCursor;

/**
 * Runs one script: its statements against a store of its own, and some of its queries by our
 * operators; what those do not cover, and a few others, by Calcite's Enumerable.
 *
 * <p>The reader of scripts takes them as PostgreSQL would: it leaves out what they keep from it.
 *
 * @param file a script of the suite
 * @param every that many queries of the script make one that is run
 * @param first the first query that is run, from 0, less than {@code every}
 * @param compareEvery that many queries run make one that Enumerable runs as well
 * @param report is told what came out
 */
record LogicScript(String file, int every, int first, int compareEvery, LogicReport report) {
  private static final Duration LONGEST = Duration.ofMinutes(1);

  /** The same store through both executors. */
  private record Sessions(SqlSession own, SqlSession oracle) {

    static Sessions over(Btrdb btrdb) {
      return new Sessions(
          session(btrdb, SessionOptions.Executor.OPERATORS),
          session(btrdb, SessionOptions.Executor.ENUMERABLE));
    }

    private static SqlSession session(Btrdb btrdb, SessionOptions.Executor executor) {
      return SqlSession.over(btrdb, SessionOptions.DEFAULT.withExecutor(executor));
    }
  }

  void run() {
    report.file();
    try (LogicDatabase database = new LogicDatabase()) {
      Sessions sessions = Sessions.over(database.btrdb());
      int seen = 0;
      int run = 0;
      String lost = "";
      for (ISqlTestOperation operation : operations()) {
        SltSqlStatement statement = operation.as(SltSqlStatement.class);
        if (statement != null) {
          lost = lost.isEmpty() ? execute(statement, database) : lost;
        } else if (seen++ % every == first) {
          if (lost.isEmpty()) {
            database.store();
            ask((SqlTestQuery) operation, run++, database, sessions);
          } else {
            report.skipped(lost);
          }
        }
      }
    }
  }

  private List<ISqlTestOperation> operations() {
    try {
      SltTestFile script = new SltTestFile(file);
      script.parse(new OptionsParser(false, System.out, System.err).getOptions());
      return script.fileContents;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Why the rest of the script cannot be run; empty if it can. */
  private static String execute(SltSqlStatement statement, LogicDatabase database) {
    if (statement.shouldPass) {
      try {
        database.execute(statement.statement);
      } catch (Unmapped e) {
        return String.valueOf(e.getMessage());
      }
    }
    return "";
  }

  private void ask(SqlTestQuery query, int number, LogicDatabase database, Sessions sessions) {
    String sql = query.getQuery();
    try {
      sql = LogicDialect.translate(query.getQuery(), database.tables());
      LogicAnswer answer;
      try {
        answer = answer(sql, query, number, sessions);
      } catch (SqlRefusal e) {
        if (e.reason() != SqlRefusal.Reason.DIVISION_BY_ZERO) {
          throw e;
        }
        sql = LogicDialect.translateDivisions(query.getQuery(), database.tables());
        answer = answer(sql, query, number, sessions);
      }
      if (answer.is(query.outputDescription)) {
        report.passed();
      } else {
        report.failed(failure(query, sql, "answers " + answer.values()));
      }
    } catch (Unmapped e) {
      report.skipped(String.valueOf(e.getMessage()));
    } catch (RuntimeException | Error e) {
      if (e instanceof SqlRefusal refusal && refusal.reason() == SqlRefusal.Reason.INVALID_VALUE) {
        report.skipped("text as a number"); // SQLite takes it for 0
      } else {
        report.failed(failure(query, sql, String.valueOf(e)));
      }
    }
  }

  /** The answer of our operators, or of Enumerable where they decline. */
  private LogicAnswer answer(String sql, SqlTestQuery query, int number, Sessions sessions) {
    LogicAnswer answer;
    long start = System.nanoTime();
    try {
      answer = answer(sessions.own(), sql, query);
    } catch (SqlRefusal e) {
      String message = String.valueOf(e.getMessage());
      if (!message.startsWith("our operators")) {
        throw e;
      }
      report.declined(message.replaceAll("(?s)\\n.*", ""));
      return answer(sessions.oracle(), sql, query);
    }
    if (number > 0) {
      report.timed(sql, System.nanoTime() - start); // the first may be the first of this JVM
    }
    if (number % compareEvery == 0) {
      compare(answer, sessions, sql, query);
    }
    return answer;
  }

  private void compare(LogicAnswer answer, Sessions sessions, String sql, SqlTestQuery query) {
    LogicAnswer oracle;
    try {
      oracle = answer(sessions.oracle(), sql, query);
    } catch (SqlRefusal e) {
      if (e.reason() != SqlRefusal.Reason.UNSUPPORTED) {
        throw e;
      }
      return; // Enumerable would answer wrong, and so is not asked
    }
    if (!oracle.equals(answer)) {
      throw new AssertionError("operators " + answer.values() + ", Enumerable " + oracle.values());
    }
    report.compared();
  }

  private static LogicAnswer answer(SqlSession session, String sql, SqlTestQuery query) {
    CallScope scope = CallScope.withTimeout(LONGEST);
    PreparedSql prepared = session.prepare(sql, "", scope);
    try (RowCursor rows = prepared.query(List.of(), scope, 0)) {
      return LogicAnswer.read(rows, query.outputDescription);
    }
  }

  private String failure(SqlTestQuery query, String sql, String what) {
    return file
        + ": "
        + query.getQuery()
        + "\n  as "
        + sql
        + "\n  "
        + what
        + "\n  and should "
        + query.outputDescription.columnTypes
        + " "
        + (query.outputDescription.hash == null
            ? query.outputDescription.getQueryResults()
            : query.outputDescription.getValueCount() + " of " + query.outputDescription.hash);
  }
}
