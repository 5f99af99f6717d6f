package org.btrdb.sql.exec;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableModify;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.btrdb.client.CallScope;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.sql.PreparedSql;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.catalog.Relation;
import org.btrdb.sql.catalog.StreamTable;
import org.btrdb.sql.catalog.SystemTable;
import org.btrdb.sql.plan.ReadLeaves;
import org.btrdb.sql.plan.StreamRead;
import org.btrdb.sql.read.RawRead;
import org.btrdb.sql.read.Session;
import org.btrdb.sql.read.TimeSet;
import org.btrdb.sql.row.ColumnType;
import org.btrdb.sql.time.LoweredParameters;
import org.btrdb.sql.validate.RelationTable;
import org.btrdb.sql.validate.ResolvedNames;
import org.btrdb.sql.validate.Validation;

/** Plans the statements that change something: INSERT, UPSERT, DELETE, UPDATE and CALL. */
final class Modifications {
  private final Session session;
  private final Planner planner;
  private final MergePolicy mergePolicy;

  /**
   * Plans for a session.
   *
   * @param mergePolicy that of an INSERT
   */
  Modifications(Session session, Planner planner, MergePolicy mergePolicy) {
    this.session = session;
    this.planner = planner;
    this.mergePolicy = mergePolicy;
  }

  /**
   * A planned statement.
   *
   * @param names what its table names stand for
   */
  record Planned(PreparedSql statement, ResolvedNames names) {}

  /**
   * A checked statement that changes rows of a table.
   *
   * @param target the table
   */
  private record Checked(
      Validation.Validated validated,
      TableModify modify,
      Relation target,
      ReadLeaves leaves,
      List<ColumnType> parameters,
      LoweredParameters lowered) {

    RelNode rows() {
      return modify.getInput();
    }

    StreamTable stream(String what) {
      if (target instanceof StreamTable table) {
        return table;
      }
      throw unsupported(what + "; '" + target.table() + "' is none");
    }

    ParameterBinding binding() {
      return new ParameterBinding(parameters, lowered);
    }

    Planned planned(PreparedSql statement) {
      return new Planned(statement, validated.names().and(leaves.names()));
    }
  }

  private Checked checked(SqlNode parsed, String schema, CallScope scope) {
    Validation.Validated validated =
        new Validation(session.catalog()).validate(parsed, schema, scope);
    TableModify modify = (TableModify) validated.root().rel;
    List<ColumnType> parameters = Planner.parameters(validated);
    return new Checked(
        validated,
        modify,
        Objects.requireNonNull(modify.getTable().unwrap(RelationTable.class)).relation(),
        new ReadLeaves(session.catalog(), scope),
        parameters,
        new LoweredParameters(parameters.size()));
  }

  /** What makes the rows that a statement is about. */
  private RelNode rows(Checked checked) {
    return planner.lowerAndPush(checked.rows(), checked.lowered, checked.leaves);
  }

  Planned insert(SqlNode parsed, String schema, CallScope scope) {
    Checked checked = checked(parsed, schema, scope);
    StreamTable table = checked.stream("points are inserted into a stream");
    UUID stream = table.stream().uuid();
    RelNode rows = rows(checked);
    return checked.planned(
        new InsertStatement(
            session,
            stream,
            parsed instanceof SqlInsert written && written.isUpsert()
                ? MergePolicy.REPLACE
                : mergePolicy,
            planner.physical(rows),
            ReadRequests.of(rows).mayRead(stream),
            checked.parameters,
            checked.binding()));
  }

  Planned delete(SqlNode parsed, String schema, CallScope scope) {
    Checked checked = checked(parsed, schema, scope);
    StreamTable table = checked.stream("points are deleted from a stream");
    RelNode lowered = planner.lower(checked.rows(), checked.lowered, checked.leaves);
    return checked.planned(
        new DeleteStatement(
            session,
            table.stream().uuid(),
            times(planner.push(lowered, checked.lowered), table),
            checked.parameters,
            checked.binding()));
  }

  /** The times that the rows of a plan have; all rows of these times must be in it. */
  private static TimeSet times(RelNode rows, StreamTable table) {
    RelNode plan = withoutProjects(rows);
    if (plan instanceof Values values && values.tuples.isEmpty()) {
      return TimeSet.NONE; // compared with NULL
    }
    if (plan instanceof StreamRead read
        && read.request() instanceof RawRead points
        && points.equals(RawRead.all(table).withTimes(points.times()))) {
      return points.times();
    }
    throw unsupported(
        "DELETE takes a range of time and no other condition, as in DELETE FROM "
            + table.table()
            + " WHERE time >= TIMESTAMP '2020-01-01' AND time < TIMESTAMP '2020-01-02'");
  }

  private static RelNode withoutProjects(RelNode plan) {
    return plan instanceof Project project
            && project.getProjects().stream().allMatch(RexInputRef.class::isInstance)
        ? withoutProjects(project.getInput())
        : plan;
  }

  Planned update(SqlNode parsed, String schema, CallScope scope) {
    Checked checked = checked(parsed, schema, scope);
    if (checked.target != SystemTable.STREAMS) {
      throw unsupported(
          checked.target instanceof StreamTable
              ? "points cannot be updated; UPSERT INTO replaces those of equal times"
              : "UPDATE changes btrdb.streams; '" + checked.target.table() + "' can only be read");
    }
    List<String> columns =
        Objects.requireNonNull(checked.modify.getUpdateColumnList()).stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .toList();
    return checked.planned(
        new StreamsUpdate(
            session,
            columns,
            planner.physical(rows(checked)),
            checked.parameters,
            checked.binding()));
  }

  Planned call(SqlNode parsed, String schema, CallScope scope) {
    SqlCall call = ((SqlCall) parsed).operand(0);
    Procedure procedure = Procedure.named(call.getOperator().getName());
    List<SqlNode> texts = procedure.complete(call).stream().map(Modifications::asText).toList();
    SqlSelect row =
        new SqlSelect(
            SqlParserPos.ZERO,
            null,
            new SqlNodeList(texts, SqlParserPos.ZERO),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    Planner.Planned arguments = planner.plan(row, schema, scope);
    return new Planned(new CallStatement(session, procedure, arguments), arguments.names());
  }

  private static SqlNode asText(SqlNode argument) {
    return SqlStdOperatorTable.CAST.createCall(
        argument.getParserPosition(),
        argument,
        new SqlDataTypeSpec(
            new SqlBasicTypeNameSpec(SqlTypeName.VARCHAR, SqlParserPos.ZERO), SqlParserPos.ZERO));
  }

  private static SqlRefusal unsupported(String message) {
    return new SqlRefusal(SqlRefusal.Reason.UNSUPPORTED, message, null);
  }
}
