package org.btrdb.sql.validate;

import java.util.List;
import java.util.Properties;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.plan.ConventionTraitDef;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.volcano.VolcanoPlanner;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.runtime.CalciteException;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.util.SqlOperatorTables;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.btrdb.client.CallScope;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.aggregate.DialectAggregate;
import org.btrdb.sql.catalog.Catalog;
import org.btrdb.sql.expression.NumberFunctions;
import org.btrdb.sql.time.GapFunctions;
import org.btrdb.sql.time.TimeFunctions;

/** Checks one statement against the catalogue and turns it into a relational plan. */
public final class Validation {
  private static final SqlOperatorTable OPERATORS =
      SqlOperatorTables.chain(
          SqlOperatorTables.of(TimeFunctions.ALL),
          SqlOperatorTables.of(GapFunctions.ALL),
          SqlOperatorTables.of(TableFunctionOperator.all()),
          SqlOperatorTables.of(NumberFunctions.ALL),
          SqlOperatorTables.of(DialectAggregate.ALL),
          SqlOperatorTables.of(
              SqlStdOperatorTable.ARG_MAX.withName("MAX_BY"),
              SqlStdOperatorTable.ARG_MIN.withName("MIN_BY")),
          SqlStdOperatorTable.instance());

  private static final SqlValidator.Config VALIDATOR =
      SqlValidator.Config.DEFAULT
          .withTypeCoercionEnabled(true)
          .withTypeCoercionFactory(TimeCoercion::new)
          .withIdentifierExpansion(true)
          .withDefaultNullCollation(NullCollation.LAST)
          .withConformance(BtrdbConformance.INSTANCE);

  /** Simplifying folds timestamps in milliseconds, so it must not happen before the lowering. */
  @SuppressWarnings("deprecation") // expanding sub-queries needs no rule that simplifies
  private static final SqlToRelConverter.Config CONVERTER =
      SqlToRelConverter.config()
          .withExpand(true)
          .withTrimUnusedFields(false)
          .withInSubQueryThreshold(Integer.MAX_VALUE)
          .addRelBuilderConfigTransform(c -> c.withSimplify(false).withSimplifyValues(false));

  /** Two projections made one would leave sub-queries referring to the columns of the upper. */
  @SuppressWarnings("deprecation")
  private static final SqlToRelConverter.Config CONVERTER_OF_KEPT =
      CONVERTER.withExpand(false).addRelBuilderConfigTransform(c -> c.withBloat(-1));

  private final Catalog catalog;

  /** Validates against a catalogue. */
  public Validation(Catalog catalog) {
    this.catalog = catalog;
  }

  /**
   * A checked statement.
   *
   * @param root its plan, timestamps and all
   * @param rowType the types users see
   * @param origins for each column the path of the table column it comes from, or null
   * @param parameters the types of its parameters
   * @param warnings what is right and hardly meant
   * @param names what its table names stand for
   */
  public record Validated(
      RelRoot root,
      RelDataType rowType,
      List<List<String>> origins,
      RelDataType parameters,
      List<String> warnings,
      ResolvedNames names) {}

  /** Changes a checked statement before it becomes a plan. */
  @FunctionalInterface
  public interface Change {
    /** No change. */
    Change NONE = (statement, validator, parameters) -> {};

    /**
     * Changes a statement in place.
     *
     * @param statement the checked tree
     * @param validator knows the types of its nodes
     * @param parameters how many parameters it has
     */
    void apply(SqlNode statement, SqlValidator validator, int parameters);
  }

  /**
   * Checks a query or DML statement.
   *
   * @throws SqlRefusal if it makes no sense
   */
  public Validated validate(SqlNode parsed, String defaultSchema, CallScope scope) {
    return validate(parsed, defaultSchema, scope, Change.NONE);
  }

  /**
   * Checks a query or DML statement.
   *
   * @param change to its checked tree; types and origins are those without it
   * @throws SqlRefusal if it makes no sense
   */
  public Validated validate(SqlNode parsed, String defaultSchema, CallScope scope, Change change) {
    LazySchema schema = new LazySchema(catalog, scope);
    try {
      return convert(parsed, schema, defaultSchema, change, scope);
    } catch (CalciteContextException e) {
      throw ValidationErrors.refusal(e, schema::missing);
    } catch (BtrdbException | SqlRefusal e) {
      throw e;
    } catch (CalciteException e) {
      throw new SqlRefusal(
          SqlRefusal.Reason.UNSUPPORTED,
          ValidationErrors.oneLine(String.valueOf(e.getMessage())),
          e);
    } catch (RuntimeException | AssertionError e) {
      throw ValidationErrors.fault(e);
    }
  }

  private Validated convert(
      SqlNode parsed, LazySchema schema, String defaultSchema, Change change, CallScope scope) {
    JavaTypeFactoryImpl types = new UnicodeTypeFactory();
    CalciteSchema root = CalciteSchema.createRootSchema(false, false, "", schema);
    Properties properties = new Properties();
    properties.setProperty(CalciteConnectionProperty.CASE_SENSITIVE.camelName(), "false");
    CalciteCatalogReader reader =
        new CalciteCatalogReader(
            root, List.of(), types, new CalciteConnectionConfigImpl(properties));
    SqlValidator validator = SqlValidatorUtil.newValidator(OPERATORS, reader, types, VALIDATOR);
    parsed.accept(new RefusedForms(catalog.schemas().system()));
    List<String> warnings = GroupingWarnings.of(parsed);
    new QualifiedTables(
            table -> schema.schemaOf(table, defaultSchema),
            new InformationSchema(catalog.schemas().system()))
        .qualify(parsed);
    InsertedRows.check(parsed, reader);
    new SharedNames(schema::columns).settle(parsed);
    new HavingNames(OPERATORS).settle(parsed);
    SqlNode complete = java.util.Objects.requireNonNull(parsed.accept(new NamedArguments()));
    SqlNode rewritten = java.util.Objects.requireNonNull(complete.accept(new DialectRewrite()));
    SqlNode validated = validator.validate(rewritten);
    validated.accept(new UntoldValues());
    RelDataType parameters = ParameterTypes.of(validated, validator);
    change.apply(validated, validator, parameters.getFieldCount());
    VolcanoPlanner planner = new StoppablePlanner(scope);
    planner.addRelTraitDef(ConventionTraitDef.INSTANCE);
    RelOptCluster cluster = RelOptCluster.create(planner, new RexBuilder(types));
    LeanPlanning.set(cluster);
    boolean keepsSubQueries = SubQueries.areKept(validated);
    SqlToRelConverter converter =
        new BlockConverter(
            (rowType, queryString, schemaPath, viewPath) -> {
              throw new SqlRefusal(SqlRefusal.Reason.UNSUPPORTED, "views are not supported", null);
            },
            validator,
            reader,
            cluster,
            new StableConvertlets(),
            keepsSubQueries ? CONVERTER_OF_KEPT : CONVERTER);
    RelRoot relRoot = converter.convertQuery(validated, false, true);
    if (keepsSubQueries) {
      relRoot = relRoot.withRel(SubQueries.toJoins(relRoot.rel));
    }
    return new Validated(
        relRoot,
        validator.getValidatedNodeType(validated),
        validator.getFieldOrigins(validated),
        parameters,
        warnings,
        schema.resolved());
  }
}
