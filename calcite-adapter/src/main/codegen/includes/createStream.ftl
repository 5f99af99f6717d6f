<#-- CREATE TABLE [IF NOT EXISTS] "collection".name [(column type [NOT NULL], ...)] [WITH (tag = 'value', ...)] -->
SqlCreate CreateStream(Span s, boolean replace) :
{
    final SqlIdentifier id;
    final List<SqlNode> columns = new ArrayList<SqlNode>();
    final List<SqlNode> tags = new ArrayList<SqlNode>();
    boolean ifNotExists = false;
}
{
    <TABLE>
    [ LOOKAHEAD(3) <IF> <NOT> <EXISTS> { ifNotExists = true; } ]
    id = CompoundIdentifier()
    [
        <LPAREN> StreamColumn(columns) ( <COMMA> StreamColumn(columns) )* <RPAREN>
    ]
    [
        <WITH> <LPAREN> StreamTag(tags) ( <COMMA> StreamTag(tags) )* <RPAREN>
    ]
    {
        return new SqlCreateStream(s.end(this), replace, ifNotExists, id,
            new SqlNodeList(columns, getPos()), new SqlNodeList(tags, getPos()));
    }
}

void StreamColumn(List<SqlNode> columns) :
{
    final SqlIdentifier id;
    final SqlDataTypeSpec type;
    boolean nullable = true;
    final Span s = Span.of();
}
{
    id = SimpleIdentifier() { s.add(id); }
    type = DataType()
    [ <NOT> <NULL> { nullable = false; } ]
    {
        columns.add(SqlDdlNodes.column(s.end(this), id, type.withNullable(nullable), null,
            nullable ? ColumnStrategy.NULLABLE : ColumnStrategy.NOT_NULLABLE));
    }
}

void StreamTag(List<SqlNode> tags) :
{
    final SqlIdentifier id;
    final String value;
}
{
    id = SimpleIdentifier() <EQ> value = SimpleStringLiteral()
    {
        tags.add(id);
        tags.add(SqlLiteral.createCharString(value, getPos()));
    }
}
