using Spectre.Console;

namespace HostingOps.Agent.Output.Views;

/// <summary>Tables without lines: columns two spaces apart, the last one wrapped within itself.</summary>
internal static class TableLayout
{
    /// <summary>A table; a heading that begins with <c>&gt;</c> is of a column of figures. The last column takes what is left of the width.</summary>
    public static Table Of(int indent, params string[] headings)
    {
        var table = new Table().Border(TableBorder.None).Expand();
        for (var i = 0; i < headings.Length; i++)
        {
            var figures = headings[i].StartsWith('>');
            var column = new TableColumn(new Text(figures ? headings[i][1..] : headings[i], Styles.Heading))
            {
                Padding = new Padding(i == 0 ? indent : 0, 0, i == headings.Length - 1 ? 0 : 2, 0),
                NoWrap = i < headings.Length - 1,
                Alignment = figures ? Justify.Right : Justify.Left,
            };
            table.AddColumn(column);
        }

        return headings.All(static heading => heading.Length == 0) ? table.HideHeaders() : table;
    }
}
