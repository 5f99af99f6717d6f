/** A timestamp in SQL or ISO form, brought to UTC with all its digits. */
SqlLiteral InstantLiteral() :
{
    final Span s;
    final String text;
}
{
    <BTRDB_INSTANT> { s = span(); }
    text = SimpleStringLiteral() {
        return TimestampText.literal(text, s.end(this));
    }
}

/** The PostgreSQL way to write a cast: <code>x :: VARCHAR</code>. */
void InfixCast(List<Object> list, ExprContext exprContext, Span s) :
{
    final SqlDataTypeSpec type;
}
{
    <INFIX_CAST> {
        checkNonQueryExpression(exprContext);
    }
    type = DataType() {
        list.add(new SqlParserUtil.ToTreeListItem(SqlLibraryOperators.INFIX_CAST, s.pos()));
        list.add(type);
    }
}

/** CREATE TABLE [IF NOT EXISTS] name [(column type [NOT NULL], ...)] [WITH (key = 'text', ...)]. */
SqlCreate CreateStream(Span s, boolean replace) :
{
    boolean ifNotExists = false;
    final SqlIdentifier name;
    final List<SqlNode> columns = new ArrayList<SqlNode>();
    final List<SqlNode> tags = new ArrayList<SqlNode>();
}
{
    {
        if (replace) {
            throw SqlCreateStream.replaceRefused(getPos());
        }
    }
    <TABLE>
    [ LOOKAHEAD(2) <IF> <NOT> <EXISTS> { ifNotExists = true; } ]
    name = CompoundIdentifier()
    [
        <LPAREN> StreamColumn(columns) ( <COMMA> StreamColumn(columns) )* <RPAREN>
    ]
    [
        <WITH> <LPAREN> StreamOption(tags) ( <COMMA> StreamOption(tags) )* <RPAREN>
    ]
    {
        return new SqlCreateStream(s.end(this), ifNotExists, name,
            new SqlNodeList(columns, s.pos()), new SqlNodeList(tags, s.pos()));
    }
}

void StreamColumn(List<SqlNode> list) :
{
    final SqlIdentifier name;
    final SqlDataTypeSpec type;
    final boolean nullable;
}
{
    name = SimpleIdentifier() type = DataType() nullable = NullableOptDefaultTrue() {
        list.add(SqlCreateStream.column(name, type.withNullable(nullable)));
    }
}

void StreamOption(List<SqlNode> list) :
{
    final SqlIdentifier key;
    final SqlNode value;
}
{
    key = SimpleIdentifier() <EQ> value = StringLiteral() {
        list.add(SqlCreateStream.option(key, value));
    }
}
