using HostingOps.Agent.CommandLine;
using HostingOps.Engine.Ssh;

namespace HostingOps.Agent.Output.Views;

/// <summary>The commands that take an operation back, or finish it.</summary>
internal static class WayBack
{
    private static readonly FailoverOutcome[] Undoable = [FailoverOutcome.Succeeded, FailoverOutcome.SwitchedWithWarnings];
    private static readonly FailoverOutcome[] Open = [FailoverOutcome.InProgress, FailoverOutcome.Unknown];

    /// <summary>One line for each operation that can be taken back or must be finished.</summary>
    /// <param name="results">How the sites ended.</param>
    /// <param name="connection">The connection options to repeat, beginning with a space, or empty.</param>
    public static IEnumerable<string> Of(IReadOnlyList<FailoverResult> results, string connection)
    {
        foreach (var operation in results.Where(static result => result.OperationId is not null).GroupBy(static result => result.OperationId!))
        {
            if (operation.Any(static result => Open.Contains(result.Outcome)))
            {
                yield return $"To find out and finish: {Resume(operation.Key, connection)}";
            }

            if (operation.Any(static result => Undoable.Contains(result.Outcome)))
            {
                yield return $"The way back: {Undo(operation.Key, connection)}";
            }
        }
    }

    public static string Resume(string operationId, string connection) => $"hostingops resume {ShellWord.Of(operationId)}{connection}";

    public static string Undo(string operationId, string connection) => $"hostingops undo {ShellWord.Of(operationId)}{connection}";
}
