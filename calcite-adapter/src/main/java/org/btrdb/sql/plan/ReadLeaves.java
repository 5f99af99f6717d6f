package org.btrdb.sql.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.btrdb.client.CallScope;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.catalog.Catalog;
import org.btrdb.sql.catalog.ChangesTable;
import org.btrdb.sql.catalog.NarrowedWideTable;
import org.btrdb.sql.catalog.PointwidthTable;
import org.btrdb.sql.catalog.Relation;
import org.btrdb.sql.catalog.StreamTable;
import org.btrdb.sql.catalog.SystemTable;
import org.btrdb.sql.catalog.TallTable;
import org.btrdb.sql.read.AlignedRead;
import org.btrdb.sql.read.ChangesRead;
import org.btrdb.sql.read.Hop;
import org.btrdb.sql.read.RawRead;
import org.btrdb.sql.read.ReadRequest;
import org.btrdb.sql.read.ReadVersion;
import org.btrdb.sql.read.Scalar;
import org.btrdb.sql.read.StreamIds;
import org.btrdb.sql.system.SystemRead;
import org.btrdb.sql.tall.TallRead;
import org.btrdb.sql.time.ArgumentLowering;
import org.btrdb.sql.time.OuterRow;
import org.btrdb.sql.time.TimeLowering;
import org.btrdb.sql.validate.RelationTable;
import org.btrdb.sql.validate.ResolvedNames;
import org.btrdb.sql.wide.WideRead;

/** Makes a read request of every table: of all that is in it, at its newest. */
public final class ReadLeaves implements TimeLowering.Leaves {
  private final Catalog catalog;
  private final CallScope scope;
  private final List<ResolvedNames.StreamId> names = new ArrayList<>();

  /**
   * Leaves of one statement.
   *
   * @param catalog what streams are looked up in that table functions name
   * @param scope ends the look-ups
   */
  public ReadLeaves(Catalog catalog, CallScope scope) {
    this.catalog = catalog;
    this.scope = scope;
  }

  @Override
  public RelNode scan(TableScan scan, RelDataType rowType) {
    Relation relation =
        Objects.requireNonNull(scan.getTable().unwrap(RelationTable.class)).relation();
    return StreamRead.of(scan.getCluster(), all(relation), rowType);
  }

  /** Refused for a table that has no version of its own. */
  @Override
  public RelNode atVersion(RelNode leaf, RexNode version) {
    Scalar number =
        Scalars.compile(version)
            .orElseThrow(
                () ->
                    new SqlRefusal(
                        SqlRefusal.Reason.UNSUPPORTED,
                        "a version is a number or a parameter, not " + version,
                        null));
    ReadVersion read = new ReadVersion(number);
    if (leaf instanceof StreamRead stream) {
      if (stream.request() instanceof RawRead points) {
        return stream.with(points.withVersion(read));
      }
      if (stream.request() instanceof AlignedRead windows) {
        return stream.with(windows.withVersion(read));
      }
      if (stream.request() instanceof ChangesRead changes) {
        return stream.with(changes.withVersion(read));
      }
    }
    throw new SqlRefusal(
        SqlRefusal.Reason.UNSUPPORTED,
        "only a stream has versions: one number cannot fit many streams",
        null);
  }

  @Override
  public RelNode function(TableFunctionScan call, ArgumentLowering arguments, RelDataType rowType) {
    ReadRequest request =
        new TableFunctionReads(this::stream, arguments, call.getCluster().getRexBuilder()).of(call);
    return StreamRead.of(call.getCluster(), request, rowType);
  }

  @Override
  public RelNode hop(
      RelNode input, int time, RexNode slide, RexNode size, RexNode origin, RelDataType rowType) {
    Hop hop = new Hop(constant(slide), constant(size), constant(origin));
    return HopWindows.of(input, time, hop, rowType);
  }

  private static Scalar constant(RexNode width) {
    return Scalars.compile(width)
        .orElseThrow(
            () ->
                new SqlRefusal(
                    SqlRefusal.Reason.UNSUPPORTED, "the windows of HOP are constants", null));
  }

  @Override
  public RelNode forEach(
      RelNode left, RelNode right, JoinRelType type, OuterRow outer, RelDataType rowType) {
    return SealedPlan.of(
        LateralJoin.of(
            Decorrelation.ofPart(GapFilling.placed(left)),
            Decorrelation.ofPart(GapFilling.placed(right)),
            type,
            outer,
            rowType));
  }

  private StreamTable stream(Object id) {
    StreamTable found = StreamIds.find(id, catalog, scope);
    names.add(new ResolvedNames.StreamId(id, found));
    return found;
  }

  /** The streams that table functions name. */
  public List<ResolvedNames.StreamId> names() {
    return List.copyOf(names);
  }

  private static ReadRequest all(Relation relation) {
    if (relation instanceof StreamTable stream) {
      return RawRead.all(stream);
    }
    if (relation instanceof SystemTable table) {
      return SystemRead.all(table);
    }
    if (relation instanceof PointwidthTable statistics) {
      return AlignedRead.all(statistics.stream(), Scalar.constant((long) statistics.pointWidth()));
    }
    if (relation instanceof ChangesTable changes) {
      return ChangesRead.all(changes.stream());
    }
    if (relation instanceof NarrowedWideTable narrowed) {
      return WideRead.of(narrowed.wide().streams(), narrowed.streams());
    }
    if (relation instanceof TallTable tall) {
      return TallRead.all(tall);
    }
    throw new SqlRefusal(
        SqlRefusal.Reason.UNSUPPORTED,
        "table '" + relation.table() + "' of schema '" + relation.schema() + "' is not built yet",
        null);
  }
}
