using System.Net;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using HostingOps.Engine.Apex.Recovery;

namespace HostingOps.Engine.Tests.Apex.Recovery;

/// <summary>What of a console's text becomes a known host.</summary>
public sealed class ConsoleHostKeysTests
{
    private const string Begin = "-----BEGIN SSH HOST KEY KEYS-----";
    private const string End = "-----END SSH HOST KEY KEYS-----";
    private static readonly string Ed = Line("ssh-ed25519", Enumerable.Repeat((byte)7, 32).ToArray());
    private static readonly string P256 = Line("ecdsa-sha2-nistp256", Encoding.ASCII.GetBytes("nistp256"), [4, .. Enumerable.Repeat((byte)9, 64)]);
    private static readonly string P521 = Line("ecdsa-sha2-nistp521", Encoding.ASCII.GetBytes("nistp521"), [4, .. Enumerable.Repeat((byte)9, 132)]);
    private static readonly string Rsa = Line("ssh-rsa", [1, 0, 1], [0, .. Enumerable.Repeat((byte)0xC3, 384)]);

    [Fact]
    public void As_cloud_init_prints_them_with_other_writers_in_between()
    {
        var console = string.Join("\r\n",
            "ci-info: | ssh-ed25519 | SHA256:abc | - | me |",
            "<14>Jan  6 15:27:31 cloud-init: -----BEGIN SSH HOST KEY FINGERPRINTS-----",
            "<14>Jan  6 15:27:31 cloud-init: 256 SHA256:8KKnft4X6 root@vm1 (ECDSA)",
            Begin,
            P256 + " root@ip-172-31-0-9",
            "[   15.020000] cloud-init[512]: " + Line("ssh-rsa", [3], [.. Enumerable.Repeat((byte)0x11, 300)]),
            Ed,
            Rsa + " root@host with a longer comment",
            P521,
            End,
            "[  317.197933] cloud-init[1278]: Cloud-init finished.");
        var keys = ConsoleHostKeys.Read(console, out var isClear);
        Assert.True(isClear);
        Assert.Equal([P256, P521, Ed, Rsa], keys.Select(static key => $"{key.Type} {key.Base64}"));
        Assert.Equal($"[203.0.113.7]:2222 {Ed}\n", ConsoleHostKeys.KnownHosts(IPAddress.Parse("203.0.113.7"), 2222, [keys[2]]));
        Assert.Equal($"203.0.113.7 {Ed}\n", ConsoleHostKeys.KnownHosts(IPAddress.Parse("203.0.113.7"), 22, [keys[2]]));
    }

    [Theory]
    [InlineData("no end", Begin, "KEY")]
    [InlineData("no beginning", "KEY", End)]
    [InlineData("outside", Begin, End, "KEY")]
    [InlineData("a prefix before the beginning", "[ 1.0] " + Begin, "KEY", End)]
    [InlineData("a prefix before the key", Begin, "x KEY", End)]
    [InlineData("known_hosts of its own", Begin, "* KEY", End)]
    [InlineData("a marker", Begin, "@cert-authority * KEY", End)]
    [InlineData("begun anew", Begin, "KEY", Begin, End)]
    [InlineData("empty")]
    public void Anything_else_is_no_list_of_keys(string what, params string[] lines)
    {
        Assert.True(what.Length > 0);
        Assert.Empty(ConsoleHostKeys.Read(string.Join('\n', lines).Replace("KEY", Ed, StringComparison.Ordinal).Replace("HOST " + Ed + " " + Ed + "S", "HOST KEY KEYS", StringComparison.Ordinal), out _));
    }

    [Fact]
    public void The_same_list_twice_is_one_and_two_keys_of_a_type_are_none()
    {
        var other = Line("ssh-ed25519", Enumerable.Repeat((byte)8, 32).ToArray());
        Assert.Equal(2, ConsoleHostKeys.Read(Block(Ed, P256) + Block(Ed, P256), out var isClear).Count);
        Assert.True(isClear);
        Assert.Empty(ConsoleHostKeys.Read(Block(Ed, P256) + Block(other), out isClear));
        Assert.False(isClear);
        Assert.Empty(ConsoleHostKeys.Read(Block(Ed, other), out isClear));
        Assert.False(isClear);
    }

    [Fact]
    public void A_key_is_taken_apart()
    {
        var dsa = Line("ssh-dss", [1], [2], [3], [4]);
        Assert.All(
            new[]
            {
                dsa,
                "ssh-rsa " + Ed.Split(' ')[1],
                Line("ssh-ed25519", new byte[31]),
                Line("ssh-ed25519", new byte[32], [1]),
                Line("ecdsa-sha2-nistp256", Encoding.ASCII.GetBytes("nistp384"), [4, .. new byte[64]]),
                Line("ecdsa-sha2-nistp256", Encoding.ASCII.GetBytes("nistp256"), [2, .. new byte[64]]),
                Line("ecdsa-sha2-nistp256", Encoding.ASCII.GetBytes("nistp256"), [4, .. new byte[63]]),
                Line("ssh-rsa", [1, 0, 1], [0x80, .. new byte[256]]),
                Line("ssh-rsa", [1, 0, 1], new byte[64]),
                Line("ssh-ed25519-cert-v01@openssh.com", new byte[32]),
                Ed + "=", Ed[..^4], "\t" + Ed, Ed.Replace(' ', '\t'), Ed.Replace("AAAA", "AAA\tA", StringComparison.Ordinal), "ssh-ed25519  " + Ed.Split(' ')[1],
                "ssh-ed25519", "", " ", "ssh-ed25519 AAAAAAAA", "ssh-ed25519 /////w==",
            },
            static line => Assert.Null(SshHostKey.Parse(line)));
        Assert.All(new[] { Ed, P256, P521, Rsa, Ed + " # not a comment * ssh-rsa AAAA" }, static line => Assert.NotNull(SshHostKey.Parse(line)));
    }

    // Whatever the console says: the file has lines of ours alone, each with one of the keys that were given.
    [Fact]
    public void No_text_gets_anything_else_into_known_hosts() => Prop.ForAll<NonNull<string>[], int>(static (noise, seed) =>
    {
        var random = new Random(seed);
        string[] parts = [Begin, End, Ed, P256, Rsa, "\n", "\r\n", "\0", "*", "@revoked", "\u2028", "\u0085", " ", "ssh-ed25519", .. noise.Select(static text => text.Get)];
        var text = Begin + "\n" + string.Concat(Enumerable.Range(0, 60).Select(_ => parts[random.Next(parts.Length)] + (random.Next(2) == 0 ? "\n" : ""))) + "\n" + End + "\n";
        var allowed = new[] { Ed, P256, Rsa }.Select(static key => "127.0.0.1 " + key).Append("").ToHashSet(StringComparer.Ordinal);
        return ConsoleHostKeys.KnownHosts(IPAddress.Loopback, 22, ConsoleHostKeys.Read(text, out _)).Split('\n').All(allowed.Contains);
    }).QuickCheckThrowOnFailure();

    private static string Block(params string[] keys) => $"{Begin}\n{string.Join('\n', keys)}\n{End}\n";

    private static string Line(string type, params byte[][] parts)
    {
        var blob = new List<byte>();
        foreach (var part in parts.Prepend(Encoding.ASCII.GetBytes(type)))
        {
            blob.AddRange([(byte)(part.Length >> 24), (byte)(part.Length >> 16), (byte)(part.Length >> 8), (byte)part.Length]);
            blob.AddRange(part);
        }

        return $"{type} {Convert.ToBase64String([.. blob])}";
    }
}
