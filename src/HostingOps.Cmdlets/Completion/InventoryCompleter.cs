using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using HostingOps.Engine;

namespace HostingOps.Cmdlets.Completion;

/// <summary>Completes names that the inventory knows: the one of -InventoryPath when it was typed already, else the usual one.</summary>
public abstract class InventoryCompleter : IArgumentCompleter
{
    /// <summary>Offered at most: nobody reads more, and a shell takes long to show them.</summary>
    internal const int Most = 500;

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        try
        {
            var word = Unquote(wordToComplete ?? "");
            return Names(commandName ?? "", fakeBoundParameters ?? new Hashtable())
                .Where(candidate => Fits(candidate.Name, word))
                .Take(Most)
                .Select(candidate => new CompletionResult(
                    Quote(candidate.Name), candidate.Name, CompletionResultType.ParameterValue, candidate.Hint))
                .ToList();
        }
        catch (Exception)
        {
            // A key press is no place for an error: without a readable inventory there is nothing to offer.
            return [];
        }
    }

    /// <summary>The names, each with a hint.</summary>
    /// <param name="workspace">The inventory.</param>
    /// <param name="line">What is typed already.</param>
    private protected abstract IEnumerable<(string Name, string Hint)> NamesIn(HostingWorkspace workspace, CompletionLine line);

    /// <summary>A name as it must be typed: in quotes unless PowerShell would take it for nothing but this text.</summary>
    internal static string Quote(string name)
    {
        var line = Parser.ParseInput("x " + name, out _, out var errors);
        var words = (line.Find(static ast => ast is CommandAst, searchNestedScriptBlocks: false) as CommandAst)?.CommandElements;
        return errors.Length == 0
            && words is [_, StringConstantExpressionAst { StringConstantType: StringConstantType.BareWord } word]
            && word.Value == name && line.Extent.Text.Length == word.Extent.EndOffset
                ? name
                : "'" + CodeGeneration.EscapeSingleQuotedStringContent(name) + "'";
    }

    internal static string Unquote(string word)
    {
        if (word is not ['\'' or '"', ..])
        {
            return word.Replace("`", "", StringComparison.Ordinal);
        }

        var quote = word[..1];
        var inner = word.Length > 1 && word.EndsWith(quote, StringComparison.Ordinal) ? word[1..^1] : word[1..];
        return inner.Replace(quote + quote, quote, StringComparison.Ordinal);
    }

    internal static bool Fits(string name, string word)
    {
        if (name.StartsWith(word, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        try
        {
            return WildcardPattern.ContainsWildcardCharacters(word)
                && WildcardPattern.Get(word + "*", WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant).IsMatch(name);
        }
        catch (WildcardPatternException)
        {
            return false;
        }
    }

    private List<(string Name, string Hint)> Names(string commandName, IDictionary given)
    {
        var paths = ShellPaths();
        var options = new WorkspaceOptions
        {
            InventoryPath = given["InventoryPath"] is { } named
                ? paths.GetUnresolvedProviderPathFromPSPath(LanguagePrimitives.ConvertTo<string>(named))
                : null,
            WorkingDirectory = paths.CurrentFileSystemLocation.ProviderPath,
            StatePath = Environment.GetEnvironmentVariable("HOSTINGOPS_STATE") is { Length: > 0 } state ? StatePath(paths, state) : null,
        };
        var workspace = HostingWorkspace.Open(options, SilentReporter.Instance);
        try
        {
            return NamesIn(workspace, new CompletionLine(commandName, given)).ToList();
        }
        finally
        {
            workspace.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    private static string StatePath(PathIntrinsics paths, string named)
    {
        var path = paths.GetUnresolvedProviderPathFromPSPath(named);
        return Path.EndsInDirectorySeparator(named) ? path + Path.DirectorySeparatorChar : path;
    }

    // A completer has no SessionState of its own; only the shell knows its location, its drives and its home.
    private static PathIntrinsics ShellPaths()
    {
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        return shell.AddScript("$ExecutionContext.SessionState.Path", useLocalScope: true).Invoke<PathIntrinsics>()[0];
    }
}
