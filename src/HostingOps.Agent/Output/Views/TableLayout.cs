using Spectre.Console;
using Spectre.Console.Rendering;

namespace HostingOps.Agent.Output.Views;

/// <summary>Tables without lines: columns two spaces apart, the last one wrapped within itself.</summary>
internal static class TableLayout
{
    /// <summary>A table; a heading that begins with <c>&gt;</c> is of a column of figures. The last column takes what is left of the width.</summary>
    public static Table Of(params string[] headings)
    {
        var table = new Table().Border(TableBorder.None);
        for (var i = 0; i < headings.Length; i++)
        {
            var figures = headings[i].StartsWith('>');
            var column = new TableColumn(new Text(figures ? headings[i][1..] : headings[i], Styles.Heading))
            {
                Padding = new Padding(0, 0, i == headings.Length - 1 ? 0 : 2, 0),
                NoWrap = i < headings.Length - 1,
                Alignment = figures ? Justify.Right : Justify.Left,
            };
            table.AddColumn(column);
        }

        return headings.All(static heading => heading is "" or ">") ? table.HideHeaders() : table;
    }

    /// <summary>The same, further to the right.</summary>
    public static Padder Indented(IRenderable content) => new(content, new Padding(2, 0, 0, 0));
}
