using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace HostingOps.Engine.DynamicDns.Uplinks;

/// <summary>
/// Posts a change of uplink to the inventory's notification channels, as JSON whose <c>text</c> chat services show. A channel's
/// address is a secret: no message names more of it than the inventory shows.
/// </summary>
/// <param name="channels">The channels.</param>
/// <param name="reporter">Is told who could not be reached.</param>
/// <param name="time">The clock of the time-outs.</param>
/// <param name="environment">Reads an environment variable.</param>
internal sealed partial class WebhookUplinkAlert(
    IReadOnlyList<NotificationChannel> channels, IOperationReporter reporter, TimeProvider time, Func<string, string?> environment) : IUplinkAlert
{
    private const string Event = "uplink";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task<bool?> SendAsync(UplinkChange change, CancellationToken cancellationToken)
    {
        var told = channels.Where(static channel => channel.On.Contains(Event)).ToList();
        if (told.Count == 0)
        {
            return null;
        }

        var sent = await Task.WhenAll(told.Select(channel => PostAsync(channel, change, cancellationToken))).ConfigureAwait(false);
        return sent.Any(static one => one);
    }

    private async Task<bool> PostAsync(NotificationChannel channel, UplinkChange change, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            var missing = false;
            var address = Variable().Replace(channel.ReadWebhook(), match =>
            {
                var value = environment(match.Groups[1].Value);
                missing |= string.IsNullOrEmpty(value);
                return value ?? "";
            });
            if (missing || !Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            {
                return Failed(channel, "its environment variable is not set, or holds no web address");
            }

            using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
            using var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
            var content = new
            {
                @event = Event,
                text = change.Reason + (change.Command is { } command ? $" To be done by hand: {command}" : ""),
                record = change.Record,
                from = change.From,
                to = change.To,
                address = change.Address,
                at = change.At,
            };
            using var body = new StringContent(JsonSerializer.Serialize(content), Encoding.UTF8, "application/json");
            using var answer = await client.PostAsync(url, body, either.Token).ConfigureAwait(false);
            return answer.IsSuccessStatusCode || Failed(channel, FormattableString.Invariant($"it answers {(int)answer.StatusCode}"));
        }
        catch (HttpRequestException)
        {
            // Its message may hold the address.
            return Failed(channel, "it can't be reached");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed(channel, FormattableString.Invariant($"it gave no answer within {Patience.TotalSeconds:0} s"));
        }
    }

    private bool Failed(NotificationChannel channel, string why)
    {
        reporter.Warning($"The notification channel {channel.Place} was not told: {why}.");
        return false;
    }

    [GeneratedRegex(@"\$\{([A-Za-z_][A-Za-z0-9_]*)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Variable();
}
