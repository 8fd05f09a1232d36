using System.Net;

namespace HostingOps.Engine.Dns;

/// <summary>Asks one server about all switches, again and again about those that it does not yet serve as wanted.</summary>
internal sealed class ServerWatch
{
    // Enough to keep a far server busy, and few enough not to look like an attack.
    private const int QuestionsAtOnce = 16;

    // After so many failures in a row the server counts as down for the rest of the round.
    private const int FailuresThatEndARound = 8;

    private static readonly TimeSpan QuestionTimeout = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly AuthoritativeServer server;
    private readonly IReadOnlyList<SwitchExpectation> expectations;
    private readonly DnsClient client;
    private readonly TimeProvider timeProvider;
    private readonly VerificationProgress progress;
    private readonly ServerAnswer?[] answers;
    private int preferred;
    private int failuresInARow;

    public ServerWatch(
        AuthoritativeServer server,
        IReadOnlyList<SwitchExpectation> expectations,
        DnsClient client,
        TimeProvider timeProvider,
        VerificationProgress progress)
    {
        this.server = server;
        this.expectations = expectations;
        this.client = client;
        this.timeProvider = timeProvider;
        this.progress = progress;
        answers = new ServerAnswer?[expectations.Count];
    }

    /// <summary>What the server said last of a switch.</summary>
    public ServerAnswer AnswerOf(int index) => answers[index] ?? Answer(null, ok: false, "gave no answer before the time was over");

    /// <summary>Returns when the server serves every switch as wanted, or can't be asked at all.</summary>
    /// <exception cref="OperationCanceledException">The time is over.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (server.Endpoints.Count == 0)
        {
            Array.Fill(answers, Answer(null, ok: false, $"could not be resolved: {server.Problem}"));
            return;
        }

        var pending = Enumerable.Range(0, expectations.Count).Where(index => expectations[index].Problem is null).ToList();
        var pause = FirstPause;
        while (true)
        {
            failuresInARow = 0;
            var options = new ParallelOptions { MaxDegreeOfParallelism = QuestionsAtOnce, CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(pending, options, (index, token) => AskAsync(index, token)).ConfigureAwait(false);
            pending.RemoveAll(index => answers[index]!.Ok);
            if (pending.Count == 0)
            {
                return;
            }

            await Task.Delay(pause, timeProvider, cancellationToken).ConfigureAwait(false);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async ValueTask AskAsync(int index, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref failuresInARow) >= FailuresThatEndARound)
        {
            answers[index] = Answer(server.Endpoints[0], ok: false, "does not answer");
            return;
        }

        var answer = await AskAnyAddressAsync(expectations[index], cancellationToken).ConfigureAwait(false);
        answers[index] = answer;
        progress.Answered(index, answer);
    }

    private async Task<ServerAnswer> AskAnyAddressAsync(SwitchExpectation expectation, CancellationToken cancellationToken)
    {
        var first = Volatile.Read(ref preferred);
        var problems = new List<string>();
        for (var attempt = 0; attempt < server.Endpoints.Count; attempt++)
        {
            var choice = (first + attempt) % server.Endpoints.Count;
            var endpoint = server.Endpoints[choice];
            try
            {
                var (sets, problem) = await RecordObservation.AskAsync(client, endpoint, expectation, QuestionTimeout, cancellationToken).ConfigureAwait(false);
                Volatile.Write(ref preferred, choice);
                Volatile.Write(ref failuresInARow, 0);
                return problem is null
                    ? Answer(endpoint, expectation.IsMetBy(sets), sets.Count == 0 ? "no address record" : string.Join(", ", sets))
                    : Answer(endpoint, ok: false, problem);
            }
            catch (HostingException exception)
            {
                // The other address family may have a route where this one has none.
                problems.Add(exception.Message);
            }
        }

        Interlocked.Increment(ref failuresInARow);
        return Answer(server.Endpoints[first], ok: false, string.Join(" ", problems).TrimEnd('.'));
    }

    private ServerAnswer Answer(IPEndPoint? endpoint, bool ok, string seen) =>
        new() { Server = server.Name, Endpoint = endpoint?.ToString(), Ok = ok, Seen = seen };
}
