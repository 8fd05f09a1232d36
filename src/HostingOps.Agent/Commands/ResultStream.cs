using HostingOps.Agent.Output.Views;

namespace HostingOps.Agent.Commands;

/// <summary>Shows the results of an operation as they come.</summary>
internal static class ResultStream
{
    /// <param name="context">The run.</param>
    /// <param name="source">The results.</param>
    /// <param name="results">Is filled as they come, so that the caller has them also when the source breaks off.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task ShowAsync(
        AgentContext context, IAsyncEnumerable<FailoverResult> source, List<FailoverResult> results, CancellationToken cancellationToken)
    {
        using var array = context.Json ? context.BeginArray() : null;
        await foreach (var result in source.WithCancellation(cancellationToken))
        {
            results.Add(result);
            array?.Write(result);
            if (array is null)
            {
                ResultView.Show(context.Out, result);
            }
        }
    }

    /// <summary>Sums up, and says the way back.</summary>
    public static void Close(AgentContext context, IReadOnlyList<FailoverResult> results, string connection)
    {
        if (context.Json || results.Count == 0)
        {
            return;
        }

        context.Out.Line();
        context.Out.Line(ResultView.Summary(results));
        foreach (var line in WayBack.Of(results, connection))
        {
            // Not wrapped: it is there to be copied.
            context.Out.Line(line);
        }
    }
}
