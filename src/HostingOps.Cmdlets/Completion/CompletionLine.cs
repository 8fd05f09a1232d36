using System.Collections;

namespace HostingOps.Cmdlets.Completion;

/// <summary>What stands on the command line already.</summary>
/// <param name="CommandName">The command.</param>
/// <param name="Given">Its parameters with their values, as far as they are known without running anything.</param>
internal sealed record CompletionLine(string CommandName, IDictionary Given)
{
    /// <summary>Whether the line is of that command.</summary>
    public bool IsOf(string command) => string.Equals(CommandName, command, StringComparison.OrdinalIgnoreCase);

    /// <summary>The texts given for a parameter.</summary>
    public IReadOnlyList<string> Texts(string parameter) => Given[parameter] switch
    {
        string text => [text],
        IEnumerable many => [.. many.Cast<object?>().Select(item => item?.ToString() ?? "")],
        _ => [],
    };
}
