package org.btrdb.sql.plan;

import com.google.common.collect.ImmutableSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.type.SqlTypeName;
import org.btrdb.client.time.TimeRange;
import org.btrdb.sql.read.Bucket;
import org.btrdb.sql.read.TimeSet;

/**
 * Groups of buckets, with a row for each bucket of a range that has none: NULL but for its keys.
 * Behind the columns of its input it has those that are filled.
 */
public final class GapFill extends SingleRel {
  private final Spec spec;

  /** How a column is filled. */
  public enum Kind {
    /** By the last value that is not NULL. */
    LOCF,
    /** By the line between the nearest ones that are not NULL; NULL before and after them. */
    INTERPOLATE
  }

  /**
   * A filled column.
   *
   * @param column of the input
   */
  public record Fill(Kind kind, int column) {}

  /**
   * What is filled.
   *
   * @param time the column of the buckets
   * @param keys the other keys; the range is filled for each combination of them that occurs
   * @param bucket how the range is divided
   * @param times the range
   * @param within where rows are made of a range that goes further
   * @param fills the filled columns
   */
  public record Spec(
      int time,
      List<Integer> keys,
      Bucket bucket,
      TimeSet times,
      TimeRange within,
      List<Fill> fills) {
    /** Copies the lists. */
    public Spec {
      keys = List.copyOf(keys);
      fills = List.copyOf(fills);
    }
  }

  private GapFill(RelTraitSet traits, RelNode input, Spec spec, RelDataType rowType) {
    super(input.getCluster(), traits, input);
    this.spec = spec;
    this.rowType = rowType;
  }

  /** Fills the groups of an input. */
  static GapFill of(RelNode input, Spec spec) {
    RelDataTypeFactory types = input.getCluster().getTypeFactory();
    RelDataTypeFactory.Builder columns = types.builder();
    Set<Integer> kept = ImmutableSet.<Integer>builder().add(spec.time).addAll(spec.keys).build();
    List<RelDataTypeField> fields = input.getRowType().getFieldList();
    for (RelDataTypeField field : fields) {
      boolean isKey = kept.contains(field.getIndex());
      RelDataType type = field.getType();
      columns.add(field.getName(), isKey ? type : types.createTypeWithNullability(type, true));
    }
    for (Fill fill : spec.fills) {
      RelDataType type =
          fill.kind == Kind.LOCF
              ? fields.get(fill.column).getType()
              : types.createSqlType(SqlTypeName.DOUBLE);
      columns.add(
          fill.kind + "$" + columns.getFieldCount(), types.createTypeWithNullability(type, true));
    }
    return new GapFill(input.getCluster().traitSet(), input, spec, columns.build());
  }

  /** What is filled, and how. */
  public Spec spec() {
    return spec;
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return new GapFill(traits, inputs.get(0), spec, rowType);
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return super.explainTerms(writer)
        .item("time", spec.time)
        .item("keys", spec.keys)
        .item("bucket", spec.bucket)
        .item("times", spec.times)
        .item("fills", spec.fills);
  }
}
