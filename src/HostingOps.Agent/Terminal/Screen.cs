using Spectre.Console;
using Spectre.Console.Rendering;

namespace HostingOps.Agent.Terminal;

/// <summary>One output stream for people: lines and tables, coloured only where a terminal shows colours.</summary>
internal sealed class Screen(TextWriter writer, int width, bool color, ProgressLine progress)
{
    public bool Color => color;

    public void Line(string text = "") => progress.Aside(() =>
    {
        writer.WriteLine(text);
        writer.Flush();
    });

    public void Prompt(string text) => progress.Aside(() =>
    {
        writer.Write(text);
        writer.Flush();
    });

    public void Write(IRenderable content)
    {
        var text = Render(content);
        progress.Aside(() =>
        {
            writer.Write(text);
            writer.Flush();
        });
    }

    // Rendered apart, for Spectre pads every line of a table to the full width and that ends up in logs.
    private string Render(IRenderable content)
    {
        using var rendered = new StringWriter { NewLine = "\n" };
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = color ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = color ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(rendered),
        });
        console.Profile.Width = width;
        console.Profile.Capabilities.Unicode = false;
        console.Write(content);
        var lines = rendered.ToString().ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        return string.Concat(lines.Select(static line => line.TrimEnd() + Environment.NewLine));
    }
}
