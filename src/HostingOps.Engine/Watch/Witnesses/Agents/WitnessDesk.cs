using System.Text;
using HostingOps.Engine.Health;

namespace HostingOps.Engine.Watch.Witnesses.Agents;

/// <summary>
/// Answers what other agents ask: judges the question's signature, time and nonce, then looks at the sites. It looks only at
/// what is in this machine's inventory. Safe for many questions at once.
/// </summary>
public sealed class WitnessDesk
{
    /// <summary>Where it is asked, by POST.</summary>
    public const string Path = WitnessSignature.Path;

    /// <summary>The header that an answer's signature goes into.</summary>
    public const string SignatureHeader = WitnessSignature.SignatureHeader;

    /// <summary>Bytes that a question may have.</summary>
    public const int MostBytes = WitnessJson.MostBytes;

    private const int MostNonces = 50_000;
    private static readonly TimeSpan LongestBudget = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan WayBack = TimeSpan.FromMilliseconds(500);

    private readonly WitnessKey key;
    private readonly SiteLooks looks;
    private readonly TimeProvider time;
    private readonly NonceMemory nonces;

    /// <param name="key">The shared key.</param>
    /// <param name="looks">Looks at sites.</param>
    /// <param name="time">The clock.</param>
    internal WitnessDesk(WitnessKey key, SiteLooks looks, TimeProvider time)
    {
        this.key = key;
        this.looks = looks;
        this.time = time;

        // A question dated a minute ahead is acceptable for two.
        nonces = new NonceMemory((2 * WitnessSignature.Skew) + TimeSpan.FromSeconds(5), MostNonces, time);
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
        var (sentAt, nonce, signature) = (header(WitnessSignature.TimeHeader), header(WitnessSignature.NonceHeader), header(WitnessSignature.SignatureHeader));
        if (WitnessSignature.ReadTime(sentAt) is not { } sent || !WitnessSignature.IsNonce(nonce)
            || !WitnessSignature.AreEqual(WitnessSignature.OfQuestion(key, sentAt!, nonce!, body), signature)
            || (time.GetUtcNow() - sent).Duration() > WitnessSignature.Skew)
        {
            return Refuse(401, "not signed with the shared key, or at another time");
        }

        switch (nonces.TryTake(nonce!))
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

        var statements = await LookAsync(inquiry, inventory, cancellationToken).ConfigureAwait(false);
        var answer = WitnessJson.Write(statements);
        return new WitnessReply(200, answer, WitnessSignature.OfAnswer(key, nonce!, 200, answer));
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

    private static WitnessReply Refuse(int status, string reason) => new(status, Encoding.UTF8.GetBytes(reason + "\n"), null);
}
