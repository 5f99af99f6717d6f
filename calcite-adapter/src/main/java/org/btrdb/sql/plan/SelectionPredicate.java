package org.btrdb.sql.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.btrdb.client.model.StreamDescriptor;
import org.btrdb.sql.read.Scalar;
import org.btrdb.sql.selection.StreamSelection;
import org.jspecify.annotations.Nullable;

/** Turns conditions on columns that describe streams into conditions of a look-up. */
final class SelectionPredicate {
  /** A column that stands for what collections must begin with. */
  static final String PREFIX = "prefix of the collection";

  private static final int UUIDS = 1000;

  private final List<String> columns;

  /**
   * Over rows with such columns.
   *
   * @param columns a name for each: collection, name, unit, ingress, distiller, uuid, tags,
   *     annotations, {@link #PREFIX}, or anything else for one that says nothing of a stream
   */
  SelectionPredicate(List<String> columns) {
    this.columns = columns;
  }

  /**
   * A narrower selection.
   *
   * @param selection with the condition, or with what of it a look-up can answer
   * @param exact whether the condition needs no other check
   */
  record Narrowed(StreamSelection selection, boolean exact) {}

  /** The selection under one more condition; empty if a look-up can answer nothing of it. */
  Optional<Narrowed> narrow(StreamSelection selection, RexNode condition) {
    return switch (condition.getKind()) {
      case EQUALS -> equality(selection, (RexCall) condition);
      case LIKE -> like(selection, (RexCall) condition);
      case OR -> uuids(selection, (RexCall) condition);
      default -> Optional.empty();
    };
  }

  private Optional<Narrowed> equality(StreamSelection selection, RexCall call) {
    RexNode left = call.getOperands().get(0);
    RexNode right = call.getOperands().get(1);
    Optional<Narrowed> narrowed = equality(selection, left, right);
    return narrowed.isPresent() ? narrowed : equality(selection, right, left);
  }

  private Optional<Narrowed> equality(StreamSelection selection, RexNode side, RexNode other) {
    Optional<Scalar> value = Scalars.compile(other);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    StreamSelection narrower = null;
    RexCall item = item(side);
    if (item != null) {
      narrower = item(selection, item, value.get());
    } else if (side instanceof RexInputRef ref) {
      String column = columns.get(ref.getIndex());
      narrower =
          switch (column) {
            case "collection" -> selection.inCollection(value.get());
            case "uuid" -> selection.withUuid(List.of(value.get()));
            case PREFIX -> selection.underPrefix(value.get());
            default ->
                StreamDescriptor.TAGS.contains(column)
                    ? selection.withTag(column, value.get())
                    : null;
          };
    }
    return Optional.ofNullable(narrower).map(s -> new Narrowed(s, true));
  }

  private static @Nullable RexCall item(RexNode node) {
    return node instanceof RexCall call
            && call.getOperator().equals(SqlStdOperatorTable.ITEM)
            && call.getOperands().get(0) instanceof RexInputRef
        ? call
        : null;
  }

  private @Nullable StreamSelection item(StreamSelection selection, RexCall item, Scalar value) {
    String column = columns.get(((RexInputRef) item.getOperands().get(0)).getIndex());
    if (!(item.getOperands().get(1) instanceof RexLiteral literal)) {
      return null;
    }
    String key = literal.getValueAs(String.class);
    if (key == null) {
      return null;
    }
    return switch (column) {
      case "tags" -> selection.withTag(key, value);
      case "annotations" -> selection.withAnnotation(key, value);
      default -> null;
    };
  }

  /** Only what stands before the first wildcard can be sent; {@code _} is one too. */
  private Optional<Narrowed> like(StreamSelection selection, RexCall call) {
    if (!(call.getOperands().get(0) instanceof RexInputRef ref)
        || !columns.get(ref.getIndex()).equals("collection")
        || !(call.getOperands().get(1) instanceof RexLiteral literal)) {
      return Optional.empty();
    }
    String pattern = literal.getValueAs(String.class);
    String escape = null;
    if (call.getOperands().size() > 2) {
      if (!(call.getOperands().get(2) instanceof RexLiteral escapeLiteral)) {
        return Optional.empty();
      }
      escape = escapeLiteral.getValueAs(String.class);
    }
    if (pattern == null) {
      return Optional.empty();
    }
    LikePrefix prefix = LikePrefix.of(pattern, escape);
    if (prefix.isLiteral()) {
      return Optional.of(
          new Narrowed(selection.inCollection(Scalar.constant(prefix.text())), true));
    }
    return Optional.of(
        new Narrowed(
            selection.underPrefix(Scalar.constant(prefix.text())), prefix.isWholePattern()));
  }

  /** {@code uuid IN (…)}. */
  private Optional<Narrowed> uuids(StreamSelection selection, RexCall or) {
    List<Scalar> anyOf = new ArrayList<>();
    for (RexNode condition : or.getOperands()) {
      if (condition.getKind() != SqlKind.EQUALS || anyOf.size() == UUIDS) {
        return Optional.empty();
      }
      RexCall equals = (RexCall) condition;
      Optional<Narrowed> one = equality(StreamSelection.ALL, equals);
      if (one.isEmpty() || one.get().selection().uuids().size() != 1) {
        return Optional.empty();
      }
      anyOf.addAll(one.get().selection().uuids().get(0));
    }
    return Optional.of(new Narrowed(selection.withUuid(anyOf), true));
  }
}
