using System.Text;
using HostingOps.Engine.Health;

namespace HostingOps.Engine.Watch.Witnesses.Agents;

/// <summary>
/// Answers what other agents ask: judges for whom the question is, its time, signature and nonce, then looks at the sites. It looks only at
/// what is in this machine's inventory. Safe for many questions at once.
/// </summary>
public sealed class WitnessDesk
{
    /// <summary>Where it is asked, by POST.</summary>
    public const string Path = WitnessSignature.Path;

    /// <summary>The header that an answer's signature goes into.</summary>
    public const string SignatureHeader = WitnessSignature.SignatureHeader;

    /// <summary>The header that says which machine answers.</summary>
    public const string MachineHeader = WitnessSignature.MachineHeader;

    /// <summary>Bytes that a question may have.</summary>
    public const int MostBytes = WitnessJson.MostBytes;

    private const int MostNonces = 50_000;
    private const int MostAtOnce = 32;
    private static readonly TimeSpan LongestBudget = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan WayBack = TimeSpan.FromMilliseconds(500);

    private readonly WitnessKey key;
    private readonly string machine;
    private readonly SemaphoreSlim places = new(MostAtOnce);
    private readonly SiteLooks looks;
    private readonly TimeProvider time;
    private readonly NonceMemory nonces;

    /// <param name="key">The shared key.</param>
    /// <param name="name">The name under which this witness is asked.</param>
    /// <param name="machine">The mark of this machine.</param>
    /// <param name="looks">Looks at sites.</param>
    /// <param name="time">The clock.</param>
    internal WitnessDesk(WitnessKey key, string name, string machine, SiteLooks looks, TimeProvider time)
    {
        this.key = key;
        Name = name;
        this.machine = machine;
        this.looks = looks;
        this.time = time;

        // A question dated a minute ahead is acceptable for two.
        nonces = new NonceMemory((2 * WitnessSignature.Skew) + TimeSpan.FromSeconds(5), MostNonces, time);
    }

    /// <summary>The name under which this witness is asked.</summary>
    public string Name { get; }

    /// <summary>
    /// Judges what can be judged before a body is read: the form of time, nonce and signature, whether the time is now, and
    /// whether this is the witness that is asked.
    /// </summary>
    /// <param name="header">Gives a header by name, or null.</param>
    /// <returns>The refusal, or null when the body is worth reading.</returns>
    public WitnessReply? Refusal(Func<string, string?> header)
    {
        ArgumentNullException.ThrowIfNull(header);
        if (WitnessSignature.ReadTime(header(WitnessSignature.TimeHeader)) is not { } sent || (time.GetUtcNow() - sent).Duration() > WitnessSignature.Skew
            || !WitnessSignature.IsNonce(header(WitnessSignature.NonceHeader)) || !WitnessSignature.IsHash(header(WitnessSignature.SignatureHeader)))
        {
            return Unsigned();
        }

        return string.Equals(Uri.UnescapeDataString(header(WitnessSignature.WitnessHeader) ?? ""), Name, StringComparison.OrdinalIgnoreCase)
            ? null
            : Refuse(421, "another witness is asked");
    }

    /// <summary>Answers one request.</summary>
    /// <param name="header">Gives a header of it by name, or null.</param>
    /// <param name="body">Its body.</param>
    /// <param name="inventory">The inventory in use.</param>
    /// <param name="cancellationToken">Ends the looking.</param>
    public async Task<WitnessReply> AnswerAsync(
        Func<string, string?> header, byte[] body, HostingInventory inventory, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(inventory);
        if (Refusal(header) is { } refusal)
        {
            return refusal;
        }

        var nonce = header(WitnessSignature.NonceHeader)!;
        var signature = WitnessSignature.OfQuestion(key, header(WitnessSignature.WitnessHeader)!, header(WitnessSignature.TimeHeader)!, nonce, body);
        if (!WitnessSignature.AreEqual(signature, header(WitnessSignature.SignatureHeader)))
        {
            return Unsigned();
        }

        switch (nonces.TryTake(nonce))
        {
            case false:
                return Refuse(401, "asked before");
            case null:
                return Refuse(503, "too many questions");
        }

        if (WitnessJson.Read<WitnessInquiry>(body) is not { Questions.Count: <= WitnessJson.MostQuestions } inquiry || inquiry.Questions.Any(static question => question is null))
        {
            return Refuse(400, "no question, or too many at once");
        }

        // Only who has the key gets this far, so no stranger takes a place.
        if (!places.Wait(0, CancellationToken.None))
        {
            return Refuse(503, "too many questions");
        }

        try
        {
            var answer = WitnessJson.Write(await LookAsync(inquiry, inventory, cancellationToken).ConfigureAwait(false));
            return new WitnessReply(200, answer, WitnessSignature.OfAnswer(key, nonce, 200, machine, answer), machine);
        }
        finally
        {
            places.Release();
        }
    }

    private async Task<WitnessStatement[]> LookAsync(WitnessInquiry inquiry, HostingInventory inventory, CancellationToken cancellationToken)
    {
        // Whoever asks waits no longer than he said, so the answer sets out in time to reach him.
        var budget = TimeSpan.FromMilliseconds(Math.Clamp(inquiry.Budget, 0, LongestBudget.TotalMilliseconds)) - WayBack;
        using var limit = new CancellationTokenSource(budget > TimeSpan.Zero ? budget : TimeSpan.Zero, time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var sites = inventory.Sites.ToDictionary(static site => site.Name, StringComparer.Ordinal);
        var seen = await Task.WhenAll(inquiry.Questions.Select(async question =>
        {
            var (site, host, obstacle) = Find(question, sites);
            return obstacle is not null
                ? (WitnessStatement?)new WitnessStatement { Reason = obstacle }
                : await BeforeAsync(looks.LookAsync(site!, host!, inventory.Policy.ObserverChecks), deadline.Token, cancellationToken).ConfigureAwait(false);
        })).ConfigureAwait(false);
        return [.. seen.Select(static statement => statement ?? new WitnessStatement { Reason = "it could not be seen within the time" })];
    }

    private async Task<WitnessStatement?> BeforeAsync(Task<SiteLook> look, CancellationToken deadline, CancellationToken cancellationToken)
    {
        try
        {
            var seen = await look.WaitAsync(deadline).ConfigureAwait(false);
            return new WitnessStatement
            {
                Answer = seen.Answer,
                Reason = WitnessJson.Sentence(seen.Reason),
                LookedAt = seen.At,
                Age = (int)Math.Min(int.MaxValue, (time.GetUtcNow() - seen.At).TotalMilliseconds),
            };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            return new WitnessStatement { Reason = WitnessJson.Sentence($"the look failed: {error.GetType().Name}: {error.Message}") };
        }
    }

    private static (HostedSite? Site, SiteHost? Host, string? Obstacle) Find(WitnessQuestion question, Dictionary<string, HostedSite> sites)
    {
        if (!sites.TryGetValue(question.Site ?? "", out var site))
        {
            return (null, null, "its inventory has no such site");
        }

        var host = site.Primary.Name == question.Host ? site.Primary : site.Secondary.Name == question.Host ? site.Secondary : null;
        return host is null ? (null, null, "in its inventory the site does not live on that host")
            : WitnessQuestion.PlaceOf(host) != question.Place ? (null, null, "its inventory has another address for that host")
            : site.HostName != question.Visited ? (null, null, "its inventory has another domain for that site")
            : (site, host, null);
    }

    private static WitnessReply Unsigned() => Refuse(401, "not signed with the shared key, or at another time");

    private static WitnessReply Refuse(int status, string reason) => new(status, Encoding.UTF8.GetBytes(reason + "\n"), null);
}
