using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using HostingOps.Engine;

namespace HostingOps.Cmdlets.Completion;

/// <summary>Completes names that the inventory knows: the one of -InventoryPath when it was typed already, else the usual one.</summary>
public abstract class InventoryCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        ArgumentNullException.ThrowIfNull(fakeBoundParameters);
        var pattern = WildcardPattern.Get((wordToComplete ?? "").Trim('\'', '"') + "*", WildcardOptions.IgnoreCase);
        return Names(fakeBoundParameters["InventoryPath"] as string)
            .Where(candidate => pattern.IsMatch(candidate.Name))
            .Select(candidate => new CompletionResult(
                Quote(candidate.Name), candidate.Name, CompletionResultType.ParameterValue, candidate.Hint));
    }

    /// <summary>The names, each with a hint.</summary>
    private protected abstract IEnumerable<(string Name, string Hint)> NamesIn(HostingWorkspace workspace);

    internal static string Quote(string name) =>
        name.Length > 0 && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') && name[0] != '-'
            ? name
            : "'" + CodeGeneration.EscapeSingleQuotedStringContent(name) + "'";

    private List<(string Name, string Hint)> Names(string? inventoryPath)
    {
        try
        {
            var options = new WorkspaceOptions
            {
                InventoryPath = inventoryPath,
                WorkingDirectory = CurrentFolder(),
                StatePath = Environment.GetEnvironmentVariable("HOSTINGOPS_STATE") is { Length: > 0 } named ? named : null,
            };
            var workspace = HostingWorkspace.Open(options, SilentReporter.Instance);
            try
            {
                return NamesIn(workspace).ToList();
            }
            finally
            {
                workspace.DisposeAsync().AsTask().GetAwaiter().GetResult();
            }
        }
        catch (Exception)
        {
            // A key press is no place for an error: without a readable inventory there is nothing to offer.
            return [];
        }
    }

    private static string CurrentFolder()
    {
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddCommand(@"Microsoft.PowerShell.Management\Get-Location").AddParameter("PSProvider", "FileSystem");
        return shell.Invoke<PathInfo>().FirstOrDefault()?.ProviderPath ?? Environment.CurrentDirectory;
    }
}
