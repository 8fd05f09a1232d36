# Publish-ApexRedirectConfig as an admin uses it, through a real sshd on loopback. The tests build on each other.
BeforeDiscovery {
    $sshd = Get-Command sshd, /usr/sbin/sshd -CommandType Application -ErrorAction Ignore | Select-Object -First 1
    $missing = $IsWindows -or -not $sshd -or -not (Get-Command ssh, flock -CommandType Application -ErrorAction Ignore)
}

BeforeAll {
    $modulePath = & (Join-Path $PSScriptRoot 'Get-TestedModule.ps1')
    Import-Module $modulePath -Force
    $env:HOSTINGOPS_INVENTORY = $null
}

Describe 'Publish-ApexRedirectConfig' -Skip:$missing {
    BeforeAll {
        $sshd = (Get-Command sshd, /usr/sbin/sshd -CommandType Application -ErrorAction Ignore | Select-Object -First 1).Source
        $root = (Resolve-Path $TestDrive).ProviderPath
        $bin = New-Item -ItemType Directory (Join-Path $root 'bin')
        $conf = New-Item -ItemType Directory (Join-Path $root 'conf.d')
        $file = Join-Path $conf 'apex.conf'
        foreach ($key in 'host', 'user') { ssh-keygen -q -t ed25519 -N '' -f (Join-Path $root $key) }
        if ([Environment]::IsPrivilegedProcess) { $null = New-Item -ItemType Directory -Force /run/sshd }
        $listener = [Net.Sockets.TcpListener]::new('127.0.0.1', 0)
        $listener.Start()
        $port = $listener.LocalEndpoint.Port
        $listener.Stop()
        $known = Join-Path $root 'known'
        $line = "[127.0.0.1]:$port $((Get-Content (Join-Path $root host.pub)) -replace '^(\S+ \S+).*', '$1')"
        Set-Content $known $line
        Set-Content (Join-Path $root 'client') "Host *`n  IdentityFile $root/user`n  IdentitiesOnly yes`n  IdentityAgent none`n  UserKnownHostsFile $known`n  GlobalKnownHostsFile none"
        Set-Content (Join-Path $bin 'ssh') "#!/bin/sh`nexec '$((Get-Command ssh -CommandType Application)[0].Source)' -F '$root/client' `"`$@`""
        chmod +x (Join-Path $bin 'ssh')
        Set-Content (Join-Path $root 'server') "Port $port`nListenAddress 127.0.0.1`nHostKey $root/host`nAuthorizedKeysFile $root/user.pub`nPidFile none`nStrictModes no`nUsePAM no`nPasswordAuthentication no"
        $server = Start-Process $sshd -ArgumentList '-D', '-e', '-f', "$root/server" -PassThru -RedirectStandardError (Join-Path $root 'log')
        do { Start-Sleep -Milliseconds 100 } until ((Test-Connection 127.0.0.1 -TcpPort $port -Quiet) -or $server.HasExited)
        $path = $env:PATH
        $env:PATH = "$bin$([IO.Path]::PathSeparator)$path"

        $inventory = Join-Path $root 'apex.yml'
        function Set-Inventory([string] $Domain, [string] $Reload = 'true') {
            Set-Content $inventory @"
version: 1
zone: sites.example.net
hosts:
  left: { provider: one, address: 203.0.113.10 }
  right: { provider: two, address: 198.51.100.7 }
sites:
  acme: { domain: $Domain, primary: left, secondary: right }
apex: { elasticIp: 198.51.100.99, ssh: "$([Environment]::UserName)@127.0.0.1:$port", configPath: "$file", test: ["true"], reload: ["$Reload"] }
"@
        }
        Set-Inventory 'acme.example'
    }

    AfterAll {
        $env:PATH = $path
        if ($server -and -not $server.HasExited) { $server.Kill($true) }
    }

    It 'tells with -WhatIf and changes nothing' {
        $text = & ([Environment]::ProcessPath) -NoProfile -Command "Import-Module '$modulePath'; Publish-ApexRedirectConfig -SkipVerification -InventoryPath '$inventory' -WhatIf -Force" | Out-String
        $text | Should -Match 'no file -> [0-9a-f]{12}'
        $text | Should -Match '1 names: 1 added, 0 removed, 0 lead elsewhere'
        Get-ChildItem $conf -Force | Should -BeNullOrEmpty
    }

    It 'asks first, and without somebody to ask changes nothing' {
        $text = & ([Environment]::ProcessPath) -NoProfile -NonInteractive -Command "Import-Module '$modulePath'; Publish-ApexRedirectConfig -SkipVerification -InventoryPath '$inventory'" 2>&1 | Out-String
        $text | Should -Match 'nobody can be asked'
        Get-ChildItem $conf -Force | Should -BeNullOrEmpty
    }

    It 'publishes what New-ApexRedirectConfig makes, and then says that nothing changed' {
        $result = Publish-ApexRedirectConfig -SkipVerification -InventoryPath $inventory -Force
        $result | Should -BeOfType HostingOps.ApexPublishResult
        $result.Outcome | Should -Be 'Published'
        Get-Content $file -Raw | Should -BeExactly (New-ApexRedirectConfig -SkipTest -InventoryPath $inventory).Text
        (Publish-ApexRedirectConfig -SkipVerification -InventoryPath $inventory -Force).Outcome | Should -Be 'Unchanged'
    }

    It 'takes back what fails, and that is an error' {
        $before = Get-Content $file -Raw
        Set-Inventory 'new.example' 'false'
        $result = Publish-ApexRedirectConfig -SkipVerification -InventoryPath $inventory -Force -ErrorVariable failed -ErrorAction SilentlyContinue
        $result.Outcome | Should -Be 'RolledBack'
        $failed | Should -HaveCount 1
        $failed.FullyQualifiedErrorId | Should -BeLike 'ApexPublishRolledBack,*'
        Get-Content $file -Raw | Should -BeExactly $before
    }

    It 'replaces a hand-edited file only with -OverwriteEdited, and -Force is no such word' {
        Set-Inventory 'new.example'
        Add-Content $file '# mine'
        $result = Publish-ApexRedirectConfig -SkipVerification -InventoryPath $inventory -Force -ErrorVariable refused -ErrorAction SilentlyContinue
        $result.Outcome | Should -Be 'Failed'
        $refused.FullyQualifiedErrorId | Should -BeLike 'ApexConfigEdited,*'
        $refused.CategoryInfo.Category | Should -Be 'PermissionDenied'
        (Publish-ApexRedirectConfig -SkipVerification -InventoryPath $inventory -Force -OverwriteEdited).Outcome | Should -Be 'Published'
    }

    It 'refuses an unknown host key, unless a file of known ones has it' {
        Clear-Content $known
        { Publish-ApexRedirectConfig -SkipVerification -InventoryPath $inventory -Force } | Should -Throw -ErrorId 'SshHostKeyRejected,*'
        Set-Content (Join-Path $root 'elsewhere') $line
        (Publish-ApexRedirectConfig -SkipVerification -InventoryPath $inventory -Force -KnownHostsFile TestDrive:/elsewhere).Outcome | Should -Be 'Unchanged'
        Set-Content $known $line
    }

    It 'wants a destination that ssh cannot take for an option' {
        { Publish-ApexRedirectConfig '-oProxyCommand=touch x' -InventoryPath $inventory -Force } | Should -Throw -ErrorId 'InvalidArgument,*'
        { Publish-ApexRedirectConfig -VerifyAddress nowhere -InventoryPath $inventory -Force } | Should -Throw -ErrorId 'InvalidArgument,*'
    }
}
