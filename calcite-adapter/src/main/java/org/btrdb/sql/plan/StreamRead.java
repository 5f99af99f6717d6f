package org.btrdb.sql.plan;

import java.util.List;
import java.util.Objects;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.catalog.Relation;
import org.btrdb.sql.catalog.StreamTable;
import org.btrdb.sql.catalog.SystemTable;
import org.btrdb.sql.catalog.WideTable;
import org.btrdb.sql.read.RawRead;
import org.btrdb.sql.read.ReadRequest;
import org.btrdb.sql.read.ReadVersion;
import org.btrdb.sql.read.Scalar;
import org.btrdb.sql.system.SystemRead;
import org.btrdb.sql.validate.RelationTable;
import org.btrdb.sql.wide.WideRead;

/** The leaf that stands for a read request and swallows what is pushed into it. */
public final class StreamRead extends AbstractRelNode {
  private final ReadRequest request;

  private StreamRead(
      RelOptCluster cluster, RelTraitSet traits, ReadRequest request, RelDataType rowType) {
    super(cluster, traits);
    this.request = request;
    this.rowType = rowType;
  }

  /** A leaf for a request; the row type is that of what it replaces, lowered. */
  static StreamRead of(RelOptCluster cluster, ReadRequest request, RelDataType rowType) {
    return new StreamRead(cluster, cluster.traitSetOf(Convention.NONE), request, rowType);
  }

  /**
   * The leaf that reads all of the table a scan names.
   *
   * @param rowType that of the table, lowered
   */
  public static StreamRead ofScan(TableScan scan, RelDataType rowType) {
    Relation relation =
        Objects.requireNonNull(scan.getTable().unwrap(RelationTable.class)).relation();
    return of(scan.getCluster(), all(relation), rowType);
  }

  /**
   * The same leaf at a version.
   *
   * @throws SqlRefusal if the table has no version of its own
   */
  public static StreamRead atVersion(RelNode leaf, RexNode version) {
    if (!(leaf instanceof StreamRead stream) || !(stream.request() instanceof RawRead read)) {
      throw new SqlRefusal(
          SqlRefusal.Reason.UNSUPPORTED,
          "only a stream has versions: one number cannot fit many streams",
          null);
    }
    Scalar number =
        Scalars.compile(version)
            .orElseThrow(
                () ->
                    new SqlRefusal(
                        SqlRefusal.Reason.UNSUPPORTED,
                        "a version is a number or a parameter, not " + version,
                        null));
    return stream.with(read.withVersion(new ReadVersion(number)));
  }

  private static ReadRequest all(Relation relation) {
    if (relation instanceof StreamTable stream) {
      return RawRead.all(stream);
    }
    if (relation instanceof SystemTable table) {
      return SystemRead.all(table);
    }
    if (relation instanceof WideTable wide) {
      return WideRead.all(wide.streams());
    }
    throw new SqlRefusal(
        SqlRefusal.Reason.UNSUPPORTED,
        "table '" + relation.table() + "' of schema '" + relation.schema() + "' is not built yet",
        null);
  }

  /** What it asks for. */
  public ReadRequest request() {
    return request;
  }

  /** The same leaf, asking for something else with the same row type. */
  StreamRead with(ReadRequest other) {
    return new StreamRead(getCluster(), getTraitSet(), other, getRowType());
  }

  @Override
  public RelNode copy(RelTraitSet traitSet, List<RelNode> inputs) {
    return new StreamRead(getCluster(), traitSet, request, getRowType());
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return super.explainTerms(writer).item("request", request.text());
  }
}
