using System.Text.Json;
using HostingOps.Agent.Json;
using HostingOps.Agent.Terminal;

namespace HostingOps.Agent.Output;

/// <summary>How errors and warnings look on stderr: a line for people, or a JSON object on one line for programs.</summary>
internal sealed class ErrorView(Screen screen, bool json)
{
    public void Error(HostingException error)
    {
        var message = AgentWording.Of(error.Message);
        var action = error.RecommendedAction is { } text ? AgentWording.Of(text) : null;
        screen.Line(json
            ? Serialize(new
            {
                Error = new { Id = error.ErrorId, error.Category, Target = error.Target?.ToString(), Message = message, RecommendedAction = action },
            })
            : Coloured("31", $"hostingops: {error.ErrorId}:") + $" {Sentence(PrintableText.Lines(message))}{(action is null ? "" : Gap(message) + PrintableText.Of(action))}");
    }

    public void Warning(string message) => screen.Line(json
        ? Serialize(new { Warning = new { Message = AgentWording.Of(message) } })
        : Coloured("33", "warning:") + $" {PrintableText.Of(OneLine(AgentWording.Of(message)))}");

    public void Note(string message)
    {
        if (!json)
        {
            screen.Line(PrintableText.Lines(message));
        }
    }

    // A warning is a line, also where it has a list in it.
    private static string OneLine(string message) => string.Join(' ', message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    // A message that lists things keeps its lines; its advice then stands on a line of its own.
    private static string Gap(string message) => message.Contains('\n') ? Environment.NewLine : " ";

    private static string Sentence(string message) => message.Length > 0 && char.IsLetterOrDigit(message[^1]) ? message + "." : message;

    private static string Serialize<T>(T value) => JsonSerializer.Serialize(value, AgentJson.Compact);

    private string Coloured(string sgr, string text) => screen.Color ? $"\u001b[{sgr}m{text}\u001b[0m" : text;
}
