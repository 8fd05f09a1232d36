using System.Collections.Concurrent;
using System.Net;
using FsCheck;
using FsCheck.Fluent;
using HostingOps.Engine.Tests.Health;

namespace HostingOps.Engine.Tests.Mirror.Crawling;

/// <summary>Whatever a page holds and whatever redirects say, nobody outside is asked.</summary>
public sealed class ScopePropertyTests
{
    [Fact]
    public void Nothing_outside_is_ever_looked_up_or_asked()
    {
        var addresses = Gen.Elements(
            "http:", "https:", "//", "/", "\\", "..", "?", "#", "@", ":", "%2e", "%00", " ", "\u00fc", "www.acme.example", "acme.example", "evil.example", "127.0.0.1", "169.254.169.254", "[::1]", "localhost",
            "metadata.google.internal", "0x7f.1", "2130706433", "a", "b", "x=1", ".", ":80", ":22").ArrayOf().Select(string.Concat);
        var pages = Gen.OneOf(
            addresses.Select(static address => $"<a href=\"{address}\">"), addresses.Select(static address => $"<img src='{address}' srcset='{address} 2x'>"),
            addresses.Select(static address => $"<base href=\"{address}\">"), addresses.Select(static address => $"<style>@import '{address}';</style>"),
            addresses.Select(static address => $"<meta http-equiv=refresh content=\"0;url={address}\">"), addresses.Select(static address => $"<form action=\"{address}\"><iframe src=\"{address}\">"),
            addresses.Select(static address => $"<link rel=stylesheet href='{address}'><object data='{address}'>")).ArrayOf().Select(string.Concat);
        Prop.ForAll(pages.ToArbitrary(), addresses.ToArbitrary(), (page, location) =>
        {
            RunAsync(page, location).GetAwaiter().GetResult();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));
    }

    private static async Task RunAsync(string page, string location)
    {
        await using var lab = new CrawlLab();
        var lookedUp = new ConcurrentQueue<string>();
        lab.Resolver = new FixedResolver(name =>
        {
            lookedUp.Enqueue(name);
            return [IPAddress.Loopback];
        });
        lab.Settings = lab.Settings with { AssetHosts = [], MaxPages = 50, Timeout = TimeSpan.FromSeconds(5) };
        lab.Page("/", page + "<a href=/r>").On("/r", _ => OriginServer.Reply.Redirect(Uri.EscapeDataString(location) == "" ? "/x" : location.Replace("\u0000", "", StringComparison.Ordinal)));
        lab.Fallback = static question => question.Target.Length > 300 ? OriginServer.Reply.NotFound : OriginServer.Reply.Html("end", question.Target == "/robots.txt" ? 404 : 200);
        await lab.CrawlAsync(new MemoryMirrorRun());
        Assert.Empty(lookedUp);
        Assert.Empty(lab.Assets.Questions);
        Assert.All(lab.Server.Questions, question => Assert.Contains(
            question.Header("Host"), new[] { $"www.acme.example:{lab.Server.Port}", $"acme.example:{lab.Server.Port}", "www.acme.example", "acme.example" }));
    }
}
