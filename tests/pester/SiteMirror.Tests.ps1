# What is kept of static mirrors here, and what the secondary hosts of a rehearsal say of theirs.
BeforeAll {
    Import-Module (& (Join-Path $PSScriptRoot 'Get-TestedModule.ps1')) -Force
    $state, $mirrors = $env:HOSTINGOPS_STATE, $env:HOSTINGOPS_MIRRORS
    $env:HOSTINGOPS_STATE = Join-Path $TestDrive 'state.db'
    $env:HOSTINGOPS_MIRRORS = Join-Path $TestDrive 'mirrors'
    $inventory = Join-Path $TestDrive 'hosting.yml'
    Set-Content $inventory @'
version: 1
zone: sites.example.net
defaults: { check: { timeout: 60s, interval: 60s } }
hosts:
  do-1: { provider: digitalocean, address: 203.0.113.10 }
  li-1: { provider: linode, address: 198.51.100.7, ssh: deploy@198.51.100.7 }
sites:
  acme: { domain: acme-legal.example, primary: do-1, secondary: li-1, mirror: { maxAge: 12h } }
  bakery: { domain: bakery.example, primary: do-1, secondary: li-1, mirror: true }
  clinic: { domain: clinic.example, primary: do-1, secondary: li-1 }
'@
    $sandbox = Start-HostingSandbox -InventoryPath $inventory

    # As Save-SiteMirror leaves it.
    function New-Generation([string] $Site, [string] $Id, [DateTimeOffset] $Begun, [switch] $Current) {
        $folder = New-Item -ItemType Directory (Join-Path $env:HOSTINGOPS_MIRRORS $Site 'generations' $Id)
        @{ format = 1; rewriting = 'x'; generation = @{
                siteName = $Site; id = $Id; startedAt = $Begun.ToString('o'); finishedAt = $Begun.AddMinutes(2).ToString('o'); hostName = "www.$Site.example"
                pages = 12; assets = 34; redirects = 1; bytes = 5242880; missingAssets = 1; brokenLinks = 2; isWhole = $true; manifestHash = 'ab' } } |
            ConvertTo-Json | Set-Content (Join-Path $folder 'generation.json')
        if ($Current) { Set-Content (Join-Path $env:HOSTINGOPS_MIRRORS $Site 'current') "generations/$Id" -NoNewline }
    }
    New-Generation acme '20260301T090000Z' ([DateTimeOffset]::UtcNow.AddDays(-30))
    New-Generation acme '20260330T090000Z' ([DateTimeOffset]::UtcNow.AddHours(-1)) -Current
}

AfterAll {
    $sandbox | Stop-HostingSandbox
    $env:HOSTINGOPS_STATE, $env:HOSTINGOPS_MIRRORS = $state, $mirrors
}

Describe 'Get-SiteMirror' {
    It 'tells of each site that has a mirror in the inventory' {
        $all = Get-SiteMirror -InventoryPath $inventory
        $all.SiteName | Should -Be 'acme', 'bakery'
        $all[0].State | Should -Be 'Current'
        $all[0].Id | Should -Be '20260330T090000Z'
        $all[0].Pages, $all[0].Assets, $all[0].MissingAssets, $all[0].BrokenLinks | Should -Be 12, 34, 1, 2
        $all[0].IsFresh | Should -BeTrue
        $all[0].Path | Should -BeLike '*acme?generations?20260330T090000Z'
        $all[1].State | Should -Be 'None'
        $all[1].Reason | Should -BeLike '*Save-SiteMirror*'
    }

    It 'tells of older ones with -All, newest first' {
        $all = Get-SiteMirror acme -All -InventoryPath $inventory
        $all.State | Should -Be 'Current', 'Older'
        $all[1].IsFresh | Should -BeFalse
    }

    It 'tells of a site without one when it is named' {
        $clinic = Get-SiteMirror clinic -InventoryPath $inventory
        $clinic.State | Should -Be 'None'
        $clinic.Reason | Should -Be 'The inventory has no mirror for the site.'
    }

    It 'takes sites from the pipeline, and their inventory with them' {
        (Get-HostedSite 'a*' -InventoryPath $inventory | Get-SiteMirror).SiteName | Should -Be 'acme'
    }

    It 'reads the folder beside the state database when none is named' {
        $env:HOSTINGOPS_MIRRORS = $null
        try { (Get-SiteMirror acme -InventoryPath $inventory).Path | Should -BeLike (Join-Path $TestDrive 'mirrors' '*') }
        finally { $env:HOSTINGOPS_MIRRORS = Join-Path $TestDrive 'mirrors' }
    }
}

Describe 'Test-SiteMirror' {
    It 'believes a fresh mirror, and samples nothing that is not stored here' {
        $tests = Test-SiteMirror -InventoryPath $sandbox.InventoryPath | Sort-Object SiteName
        $tests.SiteName | Should -Be 'acme', 'bakery'
        $tests.Status | Should -Be 'Good', 'Good'
        $tests.HostName | Should -Be 'li-1', 'li-1'
        $tests.Sampled | Should -Be 0, 0
        $tests[0].Reason | Should -BeLike 'li-1 (*) serves * with 12 pages, whole; 12 h are allowed.'
    }

    It 'tells of a stale one, and a failover refuses it by name' {
        $sandbox.SetFault('acme', 'li-1', 'StaleMirror')
        $sandbox.StopHost('do-1')
        try {
            (Test-SiteMirror acme -SampleCount 0 -InventoryPath $sandbox.InventoryPath).Status | Should -Be 'Stale'
            $plans = Get-SiteFailoverPlan acme, bakery -Override FleetLimit, ObserverSane -Reason 'A test.' -InventoryPath $sandbox.InventoryPath
            $refusing = ($plans | Where-Object SiteName -EQ acme).Gates | Where-Object { -not $_.Allows }
            $refusing.Name | Should -Be 'MirrorFresh'
            ($plans | Where-Object SiteName -EQ bakery).Allowed | Should -BeTrue
            (Get-SiteFailoverPlan acme -Override MirrorFresh, FleetLimit, ObserverSane -Reason 'Better old than nothing.' -InventoryPath $sandbox.InventoryPath).Allowed | Should -BeTrue
        }
        finally {
            $sandbox.SetFault('acme', 'li-1', 'None')
            $sandbox.StartHost('do-1')
        }
    }

    It 'tells of a site without one when it is named' {
        (Test-SiteMirror clinic -InventoryPath $sandbox.InventoryPath).Reason | Should -Be 'The inventory has no mirror for the site.'
    }

    It 'tells when the host does not answer' {
        $sandbox.StopHost('li-1')
        try { (Test-SiteMirror acme -InventoryPath $sandbox.InventoryPath).Status | Should -Be 'Unknown' }
        finally { $sandbox.StartHost('li-1') }
    }
}
